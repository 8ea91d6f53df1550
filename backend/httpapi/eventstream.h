// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QJsonObject>
#include <QObject>
#include <QTimer>

#include "backend/api/events.h"
#include "backend/httpapi/exchange.h"

namespace terrarium {

/// One client of /local/events. A child of its exchange. A client that does not read is cut off: it will come again and list anew.
class EventStream : public QObject {
  Q_OBJECT
 public:
  EventStream(Exchange& exchange, Events& events, std::chrono::milliseconds keepAlive);

 private:
  void send(const char* event, const QJsonObject& data);
  Exchange& exchange_;
  QTimer keepAlive_;
};

/// The frame of one server-sent event; `event` may be empty.
[[nodiscard]] QByteArray eventFrame(const QByteArray& event, const QJsonObject& data);

}  // namespace terrarium
