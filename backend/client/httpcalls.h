// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QList>
#include <QNetworkReply>
#include <QObject>
#include <QUrlQuery>
#include <chrono>
#include <utility>

#include "backend/api/pending.h"
#include "backend/client/engineaddress.h"
#include "backend/client/managerpool.h"

namespace terrarium {

/// A reply that was not an error.
struct HttpAnswer {
  int status = 0;
  QByteArray body;
  QList<std::pair<QByteArray, QByteArray>> headers;
  [[nodiscard]] QByteArray header(const QByteArray& name) const;
};

/// What to ask for. `path` is percent-encoded.
struct HttpQuestion {
  QByteArray verb;
  QString path;
  QUrlQuery query = {};
  QByteArray body = {};
  QList<std::pair<QByteArray, QByteArray>> headers = {};
  std::chrono::milliseconds patience = std::chrono::seconds(30);
};

/// Requests whose answer is small, on the control plane. Every failure becomes an Error with a sentence: the server's own words, or
/// why it could not be reached. Owned by HttpFacade.
class HttpCalls : public QObject {
  Q_OBJECT
 public:
  HttpCalls(ManagerPool& pool, EngineAddress address) : pool_(pool), address_(std::move(address)) {}

  [[nodiscard]] const EngineAddress& address() const { return address_; }
  void setAddress(EngineAddress address);
  [[nodiscard]] ManagerPool& pool() { return pool_; }

  Pending<HttpAnswer> call(const HttpQuestion& question);
  /// The same for a request that was addressed by the caller (data plane).
  Pending<HttpAnswer> send(QNetworkRequest request, const HttpQuestion& question);

 private:
  ManagerPool& pool_;
  EngineAddress address_;
};

/// The error of a finished reply, or nothing when it succeeded. `body` is what arrived.
[[nodiscard]] std::optional<Error> errorOf(const QNetworkReply& reply, const QByteArray& body);

/// "unreachable": why nothing answered, in a sentence.
[[nodiscard]] Error unreachable(const QUrl& url, const QString& reason);

}  // namespace terrarium
