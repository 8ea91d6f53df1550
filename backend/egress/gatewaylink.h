// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QObject>
#include <QSocketNotifier>
#include <deque>
#include <string>

#include "backend/egress/channel/flowsocket.h"
#include "backend/egress/control/controlchannel.h"

namespace terrarium {

/// The engine's end of the conversation with one `terrarium-egress`. What comes in is hostile: a packet that is no message ends it.
/// Engine thread.
class GatewayLink : public QObject {
  Q_OBJECT
 public:
  explicit GatewayLink(Descriptor socket);

  void send(const egress::ToGateway& message);

 signals:
  void received(const terrarium::egress::FromGateway& message);
  /// Nothing more comes; nothing more is sent.
  void closed();

 private:
  void flush();
  void read();
  void close();

  egress::FlowSocket socket_;
  std::deque<std::string> waiting_;
  QSocketNotifier readable_;
  QSocketNotifier writable_;
  bool open_ = true;
};

}  // namespace terrarium
