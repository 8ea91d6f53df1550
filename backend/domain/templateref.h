// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <compare>
#include <cstddef>
#include <string>
#include <string_view>

#include "backend/support/result.h"

namespace terrarium {

/// How a request names a template: by UUID or by name (^[a-z0-9]([a-z0-9._/-]*[a-z0-9])?$, at most 128 bytes).
class TemplateRef {
 public:
  static constexpr std::size_t kMaxNameBytes = 128;
  static constexpr std::string_view kDefaultName = "superserve/base";
  static constexpr std::string_view kSystemPrefix = "superserve/";

  [[nodiscard]] static Result<TemplateRef> parse(std::string_view text);
  [[nodiscard]] static TemplateRef defaultTemplate();

  [[nodiscard]] const std::string& value() const { return value_; }
  [[nodiscard]] bool isId() const;
  auto operator<=>(const TemplateRef&) const = default;

 private:
  explicit TemplateRef(std::string value) : value_(std::move(value)) {}
  std::string value_;
};

}  // namespace terrarium
