// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "backend/support/result.h"

namespace terrarium::agent {

/// Before a snapshot: what was written is on the disk; with `trim`, free blocks of the root file system are given back, too.
[[nodiscard]] Result<void> settleFileSystems(bool trim);

}  // namespace terrarium::agent
