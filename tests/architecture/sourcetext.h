// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace terrarium::architecture {

/// A C++ source with the same lines and columns, but with blanks where comments (and, for `bare`, the insides of literals) were.
struct SourceText {
  std::vector<std::string> code;  ///< without comments
  std::vector<std::string> bare;  ///< without comments and literals
};

[[nodiscard]] SourceText readSource(std::string_view text);

}  // namespace terrarium::architecture
