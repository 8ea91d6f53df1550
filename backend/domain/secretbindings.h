// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "backend/support/result.h"

namespace terrarium {

/// Which environment variable of a sandbox stands for which secret: variable name -> secret name.
class SecretBindings {
 public:
  using Entries = std::map<std::string, std::string>;
  static constexpr std::size_t kMaxBindings = 32;
  static constexpr std::size_t kMaxSecretNameBytes = 128;

  /// Variable names follow ^[A-Za-z_][A-Za-z0-9_]*$, secret names ^[A-Za-z_][A-Za-z0-9_-]*$. Errors name the field "secrets.<key>".
  [[nodiscard]] static Result<SecretBindings> parse(Entries entries);
  /// Every problem, one per entry where it is about one, for a form that shows each beside its field. Empty exactly when parse()
  /// succeeds.
  [[nodiscard]] static std::vector<Error> problems(const Entries& entries);
  [[nodiscard]] static SecretBindings none() { return SecretBindings({}); }

  [[nodiscard]] const Entries& entries() const { return entries_; }
  bool operator==(const SecretBindings&) const = default;

 private:
  explicit SecretBindings(Entries entries) : entries_(std::move(entries)) {}
  Entries entries_;
};

}  // namespace terrarium
