// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace terrarium::egress {

/// Looks at what a server answers to a connection's first request, which asked for a WebSocket: did it agree? Passes over interim
/// answers. Pure.
class UpgradeAnswer {
 public:
  enum class Step { NeedMore, Agreed, Declined };
  static constexpr std::size_t kMaxBytes = std::size_t{64} * 1024;

  [[nodiscard]] Step feed(std::string_view bytes);

 private:
  Step step_ = Step::NeedMore;
  std::string head_;
};

}  // namespace terrarium::egress
