// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/guest/agentconversation.h"

#include <QPointer>
#include <limits>
#include <utility>

namespace terrarium {

namespace {
constexpr std::chrono::milliseconds kReconnectLimit{3000};
}

AgentConversation::AgentConversation(const QString& socketPath, QObject* parent) : QObject(parent), link_(socketPath) {
  connect(&link_, &AgentLink::ready, this, &AgentConversation::linkReady);
  connect(&link_, &AgentLink::frameReceived, this, &AgentConversation::receive);
  connect(&link_, &AgentLink::broken, this, &AgentConversation::linkBroken);
}

AgentConversation::~AgentConversation() {
  link_.disconnect(this);
  breakOff({ErrorCode::Unavailable, "The conversation with the guest agent has ended."});
}

Result<std::uint32_t> AgentConversation::begin(AgentStream& stream, guest::HostFrame first) {
  if (!link_.isReady()) {
    return failure(ErrorCode::Unavailable, "The sandbox's guest agent cannot be reached at the moment. Try again.");
  }
  if (lastStream_ == std::numeric_limits<std::uint32_t>::max()) {
    return failure(ErrorCode::Unavailable, "The conversation with the guest agent is used up. Pause and resume the sandbox.");
  }
  const auto id = ++lastStream_;
  first.set_stream(id);
  // Long messages may be refused; those that carry a reserved byte sequence always are.
  if (!link_.send(first))
    return failure(ErrorCode::BadRequest, "The request is too long for the sandbox: at most 2 MiB are accepted.");
  streams_[id] = &stream;
  return id;
}

void AgentConversation::send(std::uint32_t id, guest::HostFrame frame) {
  frame.set_stream(id);
  static_cast<void>(link_.send(frame));
}

void AgentConversation::receive(const guest::GuestFrame& frame) {
  if (frame.has_statistics()) {
    emit statisticsReceived(frame.statistics());
    return;
  }
  // No body that is known: from an agent that is newer than this program.
  if (frame.stream() == 0 || frame.body_case() == guest::GuestFrame::BODY_NOT_SET) return;
  const auto it = streams_.find(frame.stream());
  if (it != streams_.end()) {
    const auto complaint = it->second->receive(frame);
    if (!complaint.empty()) link_.hangUp(complaint);
  } else if (frame.stream() > lastStream_) {
    link_.hangUp("it spoke of something that was never asked for");
  }
}

void AgentConversation::linkReady() {
  wasReady_ = true;
  reconnecting_ = false;
  lastStream_ = 0;
  emit ready();
}

void AgentConversation::linkBroken(const Error& error) {
  const bool tryAgain = wasReady_ && !reconnecting_;
  // Whoever is told may open streams, or destroy this.
  const QPointer<AgentConversation> alive(this);
  breakOff(error);
  if (!alive) return;
  if (!tryAgain) {
    emit lost(error);
    return;
  }
  reconnecting_ = true;
  link_.open(kReconnectLimit);
}

void AgentConversation::breakOff(const Error& error) {
  const QPointer<AgentConversation> alive(this);
  while (alive && !streams_.empty()) {
    auto* stream = streams_.begin()->second;
    streams_.erase(streams_.begin());
    stream->brokenOff(error);
  }
}

}  // namespace terrarium
