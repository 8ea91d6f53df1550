// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <chrono>
#include <compare>
#include <cstdint>

#include "backend/support/clock.h"
#include "backend/support/result.h"

namespace terrarium {

/// The hard lifetime of a sandbox, counted from its creation: 1-604800 s. It is destroyed then, whatever its state.
class Timeout {
 public:
  static constexpr std::int64_t kMinSeconds = 1;
  static constexpr std::int64_t kMaxSeconds = 604800;

  [[nodiscard]] static Result<Timeout> parse(std::int64_t seconds);

  [[nodiscard]] std::chrono::seconds value() const { return value_; }
  auto operator<=>(const Timeout&) const = default;

 private:
  explicit Timeout(std::chrono::seconds value) : value_(value) {}
  std::chrono::seconds value_;
};

/// How long a sandbox may stay paused before it is deleted: 0-2592000 s; 0 deletes it as soon as it is paused.
class AutoDelete {
 public:
  static constexpr std::int64_t kMinSeconds = 0;
  static constexpr std::int64_t kMaxSeconds = 2592000;

  [[nodiscard]] static Result<AutoDelete> parse(std::int64_t seconds);

  [[nodiscard]] std::chrono::seconds value() const { return value_; }
  auto operator<=>(const AutoDelete&) const = default;

 private:
  explicit AutoDelete(std::chrono::seconds value) : value_(value) {}
  std::chrono::seconds value_;
};

}  // namespace terrarium
