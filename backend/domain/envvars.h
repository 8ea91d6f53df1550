// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "backend/support/result.h"

namespace terrarium {

/// Environment variables of a sandbox, on top of its template's.
class EnvVars {
 public:
  using Entries = std::map<std::string, std::string>;
  static constexpr std::size_t kMaxKeys = 64;
  static constexpr std::size_t kMaxKeyBytes = 256;
  static constexpr std::size_t kMaxValueBytes = 8192;
  static constexpr std::size_t kMaxTotalBytes = 65536;

  /// Errors name the field "env_vars" or "env_vars.<key>".
  [[nodiscard]] static Result<EnvVars> parse(Entries entries);
  /// Every problem, one per entry where it is about one, for a form that shows each beside its field. Empty exactly when parse()
  /// succeeds.
  [[nodiscard]] static std::vector<Error> problems(const Entries& entries);
  [[nodiscard]] static EnvVars none() { return EnvVars({}); }

  [[nodiscard]] const Entries& entries() const { return entries_; }
  bool operator==(const EnvVars&) const = default;

 private:
  explicit EnvVars(Entries entries) : entries_(std::move(entries)) {}
  Entries entries_;
};

/// One assignment found in the text of a .env file, in file order. `line` counts from 1.
struct DotEnvAssignment {
  std::string key;
  std::string value;
  int line = 0;
  bool operator==(const DotEnvAssignment&) const = default;
};

/// What a .env text holds. Comments, `export`, single and double quotes (with \n, \t, \", \\ inside double ones) are understood;
/// lines that are none of these are reported as errors with their number in the message. Later assignments of a key do not replace
/// earlier ones here: the reader decides.
struct DotEnv {
  std::vector<DotEnvAssignment> assignments;
  std::vector<Error> errors;
};
[[nodiscard]] DotEnv parseDotEnv(std::string_view text);

}  // namespace terrarium
