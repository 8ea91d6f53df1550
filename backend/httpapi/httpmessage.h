// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QList>
#include <QString>
#include <QStringList>
#include <optional>
#include <utility>

namespace terrarium {

using HttpHeaders = QList<std::pair<QByteArray, QByteArray>>;

/// The head of a request, taken apart. Names of headers are in lower case.
struct HttpRequest {
  QByteArray method;
  QByteArray target;     ///< as received
  QStringList segments;  ///< of the path, percent-decoded, empty ones left out
  QList<std::pair<QString, QString>> query;
  HttpHeaders headers;
  bool isWebSocket = false;
  QByteArray peer;            ///< address of the client
  qint64 contentLength = -1;  ///< -1: none said, or chunked

  [[nodiscard]] QByteArray header(const QByteArray& lowerCaseName) const {
    for (const auto& [name, value] : headers) {
      if (name == lowerCaseName) return value;
    }
    return {};
  }
  [[nodiscard]] std::optional<QString> queryValue(const QString& name) const {
    for (const auto& [key, value] : query) {
      if (key == name) return value;
    }
    return std::nullopt;
  }
};

/// Takes a target apart into path segments and query. False when it is not an origin-form target or an escape is broken.
[[nodiscard]] bool parseTarget(const QByteArray& target, HttpRequest& request);

/// The reason phrase of a status.
[[nodiscard]] QByteArray reasonPhrase(int status);

}  // namespace terrarium
