// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QObject>
#include <QString>
#include <chrono>
#include <functional>
#include <map>
#include <memory>

#include "backend/guest/agentlink.h"
#include "backend/guest/agentstream.h"
#include "backend/support/result.h"

namespace terrarium {

/// Everything that is going on with one agent: numbers streams, hands each frame to its stream, and tries once to begin anew when
/// the link breaks. Streams register themselves and must sign off before they die; they may outlive it. Owned by SerialGuestAgent.
class AgentConversation : public QObject {
  Q_OBJECT
 public:
  explicit AgentConversation(const QString& socketPath, QObject* parent = nullptr);
  ~AgentConversation() override;

  void open(std::chrono::milliseconds limit) { link_.open(limit); }
  [[nodiscard]] bool isReady() const { return link_.isReady(); }
  [[nodiscard]] const std::string& agentVersion() const { return link_.agentVersion(); }

  /// Sends the first frame of a stream and returns its number.
  [[nodiscard]] Result<std::uint32_t> begin(AgentStream& stream, guest::HostFrame first);
  void send(std::uint32_t id, guest::HostFrame frame);
  void signOff(std::uint32_t id) { streams_.erase(id); }

 signals:
  void ready();
  void statisticsReceived(const terrarium::guest::Statistics& statistics);
  void lost(const terrarium::Error& error);

 private:
  void receive(const guest::GuestFrame& frame);
  void linkReady();
  void linkBroken(const Error& error);
  void breakOff(const Error& error);

  AgentLink link_;
  std::map<std::uint32_t, AgentStream*> streams_;
  std::uint32_t lastStream_ = 0;
  bool wasReady_ = false;
  bool reconnecting_ = false;
};

}  // namespace terrarium
