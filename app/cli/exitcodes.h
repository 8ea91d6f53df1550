// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "backend/support/error.h"

namespace terrarium {

/// What the command line ends with. `exec` and `shell` pass on the code of what they ran.
enum class ExitCode { Success = 0, Failure = 1, Usage = 2, NotFound = 3, Conflict = 4, Unreachable = 5, Interrupted = 130 };

[[nodiscard]] ExitCode exitCodeFor(const Error& error);

}  // namespace terrarium
