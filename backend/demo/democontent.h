// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <vector>

#include "backend/demo/demosandboxes.h"

namespace terrarium {

/// Eight believable sandboxes in all states, the same in every run but for the time.
[[nodiscard]] std::vector<DemoSandboxes::Entry> demoContent(WallTime now, const DemoTemplates& templates);

}  // namespace terrarium
