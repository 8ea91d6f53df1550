// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <string>

#include "backend/support/error.h"

namespace terrarium {

/// The Error for the current `errno`: a full disk becomes StorageFull, whatever was being done, a missing file NotFound.
[[nodiscard]] Error systemError(std::string message);
[[nodiscard]] Error systemError(std::string message, int number);

}  // namespace terrarium
