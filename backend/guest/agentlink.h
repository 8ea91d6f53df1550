// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QElapsedTimer>
#include <QLocalSocket>
#include <QObject>
#include <QString>
#include <QTimer>
#include <chrono>
#include <string>

#include "backend/engine/ports/guestagent.h"
#include "backend/guest/agent.pb.h"
#include "backend/guest/agentprotocol.h"
#include "backend/support/error.h"

namespace terrarium {

/// The byte stream to one agent: connects, shakes hands, turns bytes into frames and back. Knows nothing of what the frames mean.
/// Owned by AgentConversation, lives in the engine's thread. Can be opened again after it broke.
class AgentLink : public QObject {
  Q_OBJECT
 public:
  explicit AgentLink(QString socketPath, QObject* parent = nullptr);
  ~AgentLink() override;

  /// Tries until `limit` is over; ready() or broken() follows.
  void open(std::chrono::milliseconds limit);
  [[nodiscard]] bool isReady() const { return state_ == State::Ready; }
  [[nodiscard]] const std::string& agentVersion() const { return agentVersion_; }

  /// False: not ready, or the message holds bytes that the protocol keeps for itself, or is too long.
  [[nodiscard]] bool send(const guest::HostFrame& frame);
  /// The guest did something that makes no sense: hangs up, broken() follows at once.
  void hangUp(const std::string& reason);

 signals:
  void ready();
  /// For direct connections only.
  void frameReceived(const terrarium::guest::GuestFrame& frame);
  /// It failed to open, or was ready and is no longer.
  void broken(const terrarium::Error& error);

 private:
  enum class State { Closed, Connecting, Greeting, Ready };
  void tryToConnect();
  void connected();
  void connectionFailed();
  void greet();
  void readBytes();
  void handle(const guest::GuestFrame& frame);
  void acknowledged(const guest::HelloAck& ack);
  void fail(const Error& error);

  QString path_;
  QLocalSocket socket_;
  QTimer retry_;
  QTimer deadline_;
  State state_ = State::Closed;
  std::uint64_t session_ = 0;
  std::string agentVersion_;
  guest::FrameReader reader_{guest::kMaxGuestMessage, guest::FrameReader::Scan::Boundaries};
};

}  // namespace terrarium
