// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QObject>
#include <QTimer>
#include <functional>
#include <vector>

#include "backend/guest/streamseat.h"

namespace terrarium {

/// A question with one answer: done, or entries, or a failure. Owns itself: it goes when the answer came, the time was up or the
/// conversation broke.
class AgentRequest final : public QObject, public AgentStream {
  Q_OBJECT
 public:
  using Entries = std::vector<guest::Entry>;
  using Callback = std::function<void(Result<Entries>)>;

  /// `callback` is called once, never before this returned.
  static void ask(AgentConversation& conversation, guest::HostFrame question, std::chrono::milliseconds limit, Callback callback);

  [[nodiscard]] std::string receive(const guest::GuestFrame& frame) override;
  void brokenOff(const Error& error) override;

 private:
  AgentRequest(AgentConversation& conversation, Callback callback);
  void answer(Result<Entries> result);
  [[nodiscard]] std::string receiveEntries(const guest::Entries& entries);

  StreamSeat seat_;
  Callback callback_;
  Entries entries_;
  QTimer limit_;
};

}  // namespace terrarium
