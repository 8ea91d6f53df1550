// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "backend/support/error.h"

namespace terrarium {

/// Adds KEY=VALUE words to `entries`, later ones winning. The error says which word of `option` is none.
[[nodiscard]] std::optional<Error> readKeyValues(const std::string& option, const std::vector<std::string>& words,
                                                 std::map<std::string, std::string>& entries);

}  // namespace terrarium
