// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <chrono>
#include <deque>
#include <functional>
#include <map>
#include <string>

#include "backend/egress/control/controlchannel.h"

namespace terrarium::egress {

/// Collects what the engine is to hear of flows and sends it in batches. In a storm of like denials only the first 20 of a second
/// are told one by one. Bounded: when the engine does not listen, what is too much is counted and left out.
class EventLog {
 public:
  using Time = std::chrono::steady_clock::time_point;
  /// False when the message could not be sent now.
  using Send = std::function<bool(const FlowEvents&)>;
  static constexpr std::size_t kMaxWaiting = 4096;
  static constexpr std::uint32_t kLikePerSecond = 20;

  explicit EventLog(Send send) : send_(std::move(send)) {}

  /// The time of the event is set here.
  void add(FlowEvent event, Time now);
  /// Sends what there is; to be called some 20 ms after the first event, and again while it returns true.
  [[nodiscard]] bool flush(Time now);
  [[nodiscard]] bool isEmpty() const { return waiting_.empty() && storms_.empty() && lost_ == 0; }

 private:
  struct Storm {
    Time begin;
    std::uint32_t told = 0;
    FlowEvent rest;  ///< `times` of it are not told yet
  };
  void keep(FlowEvent event);
  void endStorms(Time now);

  Send send_;
  std::deque<FlowEvent> waiting_;
  std::map<std::string, Storm> storms_;
  std::uint32_t lost_ = 0;
};

}  // namespace terrarium::egress
