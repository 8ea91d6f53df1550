// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QJsonObject>
#include <QJsonValue>
#include <QString>

#include "backend/support/result.h"

namespace terrarium {

/// One line of QEMU's machine protocol, taken apart. Pure; what QEMU says is not trusted, since a guest may have taken it over.
struct QmpMessage {
  enum class Kind { Greeting, Return, Error, Event };

  Kind kind = Kind::Event;
  qint64 id = -1;       ///< of Return and Error; -1 when QEMU could not tell which command it was
  QJsonValue value;     ///< Return: its value
  QString name;         ///< Event: its name. Error: its class
  QString description;  ///< Error: for a person. Greeting: the version, "7.2.22"
  QJsonObject data;     ///< Event: its data

  [[nodiscard]] static Result<QmpMessage> parse(const QByteArray& line);
  /// A command as one line, ready to be sent.
  [[nodiscard]] static QByteArray command(qint64 id, const QString& name, const QJsonObject& arguments);
};

}  // namespace terrarium
