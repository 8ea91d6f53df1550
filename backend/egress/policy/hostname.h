// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace terrarium::egress {

/// The one canonical form in which names are matched, resolved and dialled: lower case, no trailing dot, letters, digits and '-'
/// in labels of 1 to 63 characters, at most 253. Everything else is nothing, and so is whatever some resolver could read as an
/// address ("127.1", "0x7f000001", "2130706433").
[[nodiscard]] std::optional<std::string> canonicalHostName(std::string_view given);

}  // namespace terrarium::egress
