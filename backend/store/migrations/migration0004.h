// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "backend/store/migrations/migrations.h"

namespace terrarium {

/// Who may preview which port of a sandbox.
[[nodiscard]] Migration migration0004();

}  // namespace terrarium
