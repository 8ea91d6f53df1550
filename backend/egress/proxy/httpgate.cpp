// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/egress/proxy/httpgate.h"

namespace terrarium::egress {

bool HttpGate::admit(std::string& unjudged, std::string& passed) {
  std::size_t taken = 0;
  bool isGood = true;
  while (!waitsForAnswer_) {
    const auto piece = scanner_.next(std::string_view(unjudged).substr(taken));
    if (piece.kind == RequestScanner::Kind::NeedMore) break;
    if (piece.kind == RequestScanner::Kind::Bad) reason_ = scanner_.reason();
    isGood = piece.kind == RequestScanner::Kind::Body || (piece.kind == RequestScanner::Kind::Head && judge());
    if (!isGood) break;
    taken += piece.bytes;
  }
  passed.append(unjudged, 0, taken);
  unjudged.erase(0, taken);
  return isGood;
}

bool HttpGate::judge() {
  if (scanner_.head().host != host_) {
    reason_ = "a request to " + scanner_.head().host + " came on a connection to " + host_;
    return false;
  }
  waitsForAnswer_ = ++requests_ == 1 && scanner_.head().asksForWebSocket;
  return true;
}

void HttpGate::hear(std::string_view answer) {
  if (!waitsForAnswer_) return;
  const auto step = answer_.feed(answer);
  if (step == UpgradeAnswer::Step::NeedMore) return;
  waitsForAnswer_ = false;
  if (step == UpgradeAnswer::Step::Agreed) scanner_.beginTunnel();
}

}  // namespace terrarium::egress
