// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <compare>
#include <string>
#include <string_view>

#include "backend/support/result.h"

namespace terrarium {

/// A domain of an egress rule: exact (`api.test`), or with a leading `*.` that stands for one or more labels but not for none.
class DomainPattern {
 public:
  static constexpr std::size_t kMaxBytes = 253;
  static constexpr std::size_t kMaxLabelBytes = 63;

  /// Turned to lower case. Errors carry no field and begin lower-case, to be put behind the rule.
  [[nodiscard]] static Result<DomainPattern> parse(std::string_view given);

  [[nodiscard]] const std::string& text() const { return text_; }
  [[nodiscard]] bool isWildcard() const { return text_.front() == '*'; }
  /// `name` in lower case, without a trailing dot.
  [[nodiscard]] bool matches(std::string_view name) const;
  auto operator<=>(const DomainPattern&) const = default;

 private:
  explicit DomainPattern(std::string text) : text_(std::move(text)) {}
  std::string text_;
};

}  // namespace terrarium
