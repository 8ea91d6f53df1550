// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <optional>
#include <string_view>

#include "backend/support/error.h"

namespace terrarium {

/// The `error.code` of the wire contract for a code, for example "bad_request", "secret_not_found", "sandbox_unavailable".
[[nodiscard]] std::string_view wireName(ErrorCode code);

/// The HTTP status that carries it.
[[nodiscard]] int httpStatus(ErrorCode code);

/// The code for a wire name; without a known name the one that fits the status best.
[[nodiscard]] ErrorCode errorCodeFromWire(std::string_view name, int status);

}  // namespace terrarium
