// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>

#include "backend/support/result.h"

namespace terrarium {

/// A port of a sandbox that may be previewed: 1024 to 65535, without the one that the contract keeps for the guest agent.
class PreviewPort {
 public:
  static constexpr int kLowest = 1024;
  static constexpr int kHighest = 65535;
  static constexpr int kReserved = 49983;

  [[nodiscard]] static Result<PreviewPort> parse(std::int64_t port);
  [[nodiscard]] int value() const { return value_; }
  auto operator<=>(const PreviewPort&) const = default;

 private:
  explicit PreviewPort(int value) : value_(value) {}
  int value_;
};

}  // namespace terrarium
