// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "backend/support/result.h"

namespace terrarium {

/// The tags of a sandbox: a flat map of strings. Limits and reserved prefixes are those of the create request.
class Metadata {
 public:
  using Entries = std::map<std::string, std::string>;
  static constexpr std::size_t kMaxKeys = 64;
  static constexpr std::size_t kMaxKeyBytes = 256;
  static constexpr std::size_t kMaxValueBytes = 2048;
  static constexpr std::size_t kMaxSerializedBytes = 16384;

  /// Errors name the field "metadata" or "metadata.<key>".
  [[nodiscard]] static Result<Metadata> parse(Entries entries);
  /// Every problem, one per entry where it is about one, for a form that shows each beside its field. Empty exactly when parse()
  /// succeeds.
  [[nodiscard]] static std::vector<Error> problems(const Entries& entries);
  [[nodiscard]] static Metadata none() { return Metadata({}); }

  [[nodiscard]] const Entries& entries() const { return entries_; }
  /// True when every given key is present with exactly that value.
  [[nodiscard]] bool matches(const Entries& wanted) const;
  bool operator==(const Metadata&) const = default;

 private:
  explicit Metadata(Entries entries) : entries_(std::move(entries)) {}
  Entries entries_;
};

/// Bytes of the compact UTF-8 JSON object that holds these entries (as JSON.stringify writes it).
[[nodiscard]] std::size_t compactJsonSize(const Metadata::Entries& entries);

}  // namespace terrarium
