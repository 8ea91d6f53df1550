// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QHash>
#include <QObject>
#include <QPointer>
#include <boost/asio/io_context.hpp>
#include <functional>
#include <memory>

#include "backend/httpapi/exchange.h"

namespace terrarium {

class Connection;

/// The one place where the server's thread and the Qt thread meet. Lives in the Qt thread and outlives the server's thread. The
/// calls below are made on the server's thread; what comes back goes through the Transport that each Exchange gets.
class Bridge : public QObject {
  Q_OBJECT
 public:
  using Handler = std::function<void(Exchange&)>;
  explicit Bridge(Handler handler) : handler_(std::move(handler)) {}

  void begin(quint64 exchange, HttpRequest request, boost::asio::io_context& context, std::weak_ptr<Connection> connection);
  void bodyReceived(quint64 exchange, QByteArray bytes, bool last);
  void sent(quint64 exchange, qint64 bytes);
  void messageReceived(quint64 exchange, QByteArray bytes, bool isText);
  void gone(quint64 exchange);
  /// The server has stopped: nobody waits for any response. Called on the Qt thread.
  void endAll();

 private:
  void deliver(quint64 exchange, std::function<void(Exchange&)> call);

  Handler handler_;
  QHash<quint64, QPointer<Exchange>> exchanges_;
};

}  // namespace terrarium
