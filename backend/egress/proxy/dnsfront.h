// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "backend/egress/policy/judge.h"
#include "backend/egress/proxy/dnsmessage.h"
#include "backend/egress/proxy/eventlog.h"
#include "backend/egress/proxy/nameresolver.h"

namespace terrarium::egress {

/// The only name service of a sandbox, whichever server its questions are addressed to. Names that no rule could allow never reach
/// a resolver. Blocked addresses never reach the guest; those that do are pinned to the name.
class DnsFront {
 public:
  using Time = std::chrono::steady_clock::time_point;
  using Answer = std::function<void(const std::string& message)>;
  static constexpr int kQuestionsPerSecond = 200;

  DnsFront(Judge& judge, NameResolver& resolver, EventLog& log) : judge_(judge), resolver_(resolver), log_(log) {}

  /// `answer` is called once, perhaps before this returns, or never for what deserves no answer.
  void ask(std::string_view message, bool isStream, Time now, const Answer& answer);

 private:
  [[nodiscard]] bool isTooMuch(Time now);
  void judge(const DnsQuestion& question, const std::string& name, bool isStream, Time now, const Answer& answer);
  [[nodiscard]] std::string answerTo(const DnsQuestion& question, const std::string& name, const Resolution& resolution,
                                     std::size_t limit, Time now);
  /// The addresses for the guest, pinned; one that stands for the name where it has only IPv6 addresses. `blocked` says what was
  /// left out.
  [[nodiscard]] std::vector<std::uint32_t> usable(const Resolution& resolution, const std::string& name, Time now,
                                                  Judgement& blocked);
  void tell(FlowEvent::Kind kind, const std::string& name, const std::string& rule, const std::string& reason, Time now);

  Judge& judge_;
  NameResolver& resolver_;
  EventLog& log_;
  Time second_;
  int inSecond_ = 0;
};

}  // namespace terrarium::egress
