// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace terrarium {

/// Text that came from a sandbox or another person, made harmless for a terminal: control characters and marks that turn the
/// direction of writing become visible escapes, broken UTF-8 becomes U+FFFD.
[[nodiscard]] std::string printable(std::string_view text);

/// How many columns UTF-8 text takes.
[[nodiscard]] std::size_t columnsOf(std::string_view text);

}  // namespace terrarium
