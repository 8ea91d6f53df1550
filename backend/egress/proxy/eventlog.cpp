// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/egress/proxy/eventlog.h"

#include <algorithm>
#include <utility>

#include "backend/egress/policy/judgement.h"

namespace terrarium::egress {

namespace {

constexpr std::size_t kMaxStorms = 1024;
constexpr auto kStorm = std::chrono::seconds(1);

std::int64_t wallMilliseconds() {
  return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch()).count();
}

std::string keyOf(const FlowEvent& event) {
  const auto place = !event.host.empty() || !event.address ? event.host : event.address->text();
  return std::to_string(static_cast<int>(event.protocol)) + " " + place + " " + std::to_string(event.port);
}

}  // namespace

void EventLog::add(FlowEvent event, Time now) {
  event.time = wallMilliseconds();
  if (event.kind != FlowEvent::Kind::Deny) return keep(std::move(event));
  endStorms(now);
  const auto key = keyOf(event);
  if (storms_.size() >= kMaxStorms && storms_.count(key) == 0) return keep(std::move(event));
  auto [found, isNew] = storms_.try_emplace(key, Storm{now, 0, event});
  auto& storm = found->second;
  if (isNew) storm.rest.times = 0;
  if (storm.told++ < kLikePerSecond) return keep(std::move(event));
  const auto times = storm.rest.times + 1;
  storm.rest = std::move(event);
  storm.rest.times = times;
}

void EventLog::keep(FlowEvent event) {
  if (waiting_.size() >= kMaxWaiting) {
    ++lost_;
    return;
  }
  waiting_.push_back(std::move(event));
}

void EventLog::endStorms(Time now) {
  for (auto each = storms_.begin(); each != storms_.end();) {
    if (now - each->second.begin < kStorm) {
      ++each;
      continue;
    }
    if (each->second.rest.times > 0) keep(std::move(each->second.rest));
    each = storms_.erase(each);
  }
}

bool EventLog::flush(Time now) {
  endStorms(now);
  while (!waiting_.empty()) {
    const auto count = std::min(waiting_.size(), kMaxEventsAtOnce);
    const auto end = waiting_.begin() + static_cast<std::ptrdiff_t>(count);
    if (!send_(FlowEvents{{waiting_.begin(), end}})) return true;
    waiting_.erase(waiting_.begin(), end);
    if (lost_ == 0) continue;
    FlowEvent lost;
    lost.kind = FlowEvent::Kind::Fail;
    lost.time = wallMilliseconds();
    lost.rule = kGatewayLimit;
    lost.reason = "the network was busier than its log could follow";
    lost.times = std::exchange(lost_, 0);
    waiting_.push_back(std::move(lost));
  }
  return !isEmpty();
}

}  // namespace terrarium::egress
