// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace terrarium {

/// Number of Unicode code points, or nothing when the bytes are not well-formed UTF-8 (overlong forms and surrogates are not).
[[nodiscard]] std::optional<std::size_t> codePointCount(std::string_view bytes);

/// True when a C0/C1 control character or DEL occurs in well-formed UTF-8.
[[nodiscard]] bool hasControlCharacter(std::string_view bytes);

}  // namespace terrarium
