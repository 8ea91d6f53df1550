// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace terrarium::architecture {

/// A line that breaks a law of the house, with the law.
struct Violation {
  std::string file;
  int line = 0;
  std::string rule;
};

/// Judges one file by its path from the root and its text: who may include whom, what may be done where, the licence lines and the
/// size. Pure.
[[nodiscard]] std::vector<Violation> violationsIn(const std::string& path, std::string_view text);

/// True for files that these rules are about.
[[nodiscard]] bool isJudged(const std::string& path);

}  // namespace terrarium::architecture
