// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/egress/proxy/upgradeanswer.h"

namespace terrarium::egress {

UpgradeAnswer::Step UpgradeAnswer::feed(std::string_view bytes) {
  constexpr std::string_view kVersion = "HTTP/1.1 ";
  constexpr std::size_t kStatusLine = kVersion.size() + 3;
  if (step_ != Step::NeedMore) return step_;
  head_.append(bytes);
  for (;;) {
    if (head_.size() < kStatusLine) return step_;
    const auto status = std::string_view(head_).substr(kVersion.size(), 3);
    const bool isInterim = head_.rfind(kVersion, 0) == 0 && status[0] == '1' && status != "101";
    if (!isInterim) break;
    const auto end = head_.find("\r\n\r\n");
    if (end == std::string::npos) return step_ = head_.size() > kMaxBytes ? Step::Declined : Step::NeedMore;
    head_.erase(0, end + 4);
  }
  const bool agreed = head_.rfind("HTTP/1.1 101", 0) == 0;
  head_.clear();
  return step_ = agreed ? Step::Agreed : Step::Declined;
}

}  // namespace terrarium::egress
