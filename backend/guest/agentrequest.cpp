// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/guest/agentrequest.h"

#include <utility>

namespace terrarium {

namespace {
constexpr std::size_t kMostEntries = 200'000;
}

void AgentRequest::ask(AgentConversation& conversation, guest::HostFrame question, std::chrono::milliseconds limit,
                       Callback callback) {
  auto* request = new AgentRequest(conversation, std::move(callback));
  const auto taken = request->seat_.take(*request, std::move(question));
  if (taken) {
    request->limit_.start(limit);
    return;
  }
  QMetaObject::invokeMethod(
      request, [request, error = taken.error()] { request->answer(failure(error)); }, Qt::QueuedConnection);
}

AgentRequest::AgentRequest(AgentConversation& conversation, Callback callback)
    : seat_(conversation), callback_(std::move(callback)) {
  limit_.setSingleShot(true);
  connect(&limit_, &QTimer::timeout, this,
          [this] { answer(failure(ErrorCode::TimedOut, "The guest agent did not answer in time.")); });
}

void AgentRequest::answer(Result<Entries> result) {
  seat_.leave();
  limit_.stop();
  deleteLater();
  if (auto callback = std::exchange(callback_, nullptr)) callback(std::move(result));
}

std::string AgentRequest::receive(const guest::GuestFrame& frame) {
  using Body = guest::GuestFrame::BodyCase;
  switch (frame.body_case()) {
    case Body::kDone:
      answer(Entries{});
      return {};
    case Body::kEntries:
      return receiveEntries(frame.entries());
    case Body::kFailure:
      answer(failure(toError(frame.failure())));
      return {};
    default:
      return "it answered a request with something else";
  }
}

std::string AgentRequest::receiveEntries(const guest::Entries& entries) {
  entries_.insert(entries_.end(), entries.entry().begin(), entries.entry().end());
  if (entries_.size() > kMostEntries) {
    answer(failure(ErrorCode::TooLarge, "The directory has too many entries to be listed: at most 200,000 are accepted."));
  } else if (!entries.more()) {
    answer(std::move(entries_));
  }
  return {};
}

void AgentRequest::brokenOff(const Error& error) {
  seat_.lose();
  answer(failure(error));
}

}  // namespace terrarium
