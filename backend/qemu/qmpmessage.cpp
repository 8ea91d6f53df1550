// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/qemu/qmpmessage.h"

#include <QJsonDocument>

namespace terrarium {

namespace {

QString versionOf(const QJsonObject& greeting) {
  const auto version = greeting.value(QLatin1String("version")).toObject().value(QLatin1String("qemu")).toObject();
  return QStringLiteral("%1.%2.%3")
      .arg(version.value(QLatin1String("major")).toInt())
      .arg(version.value(QLatin1String("minor")).toInt())
      .arg(version.value(QLatin1String("micro")).toInt());
}

Failure unintelligible(const char* why) {
  return failure(ErrorCode::Unavailable, "QEMU sent something unintelligible on its control socket.", why);
}

}  // namespace

Result<QmpMessage> QmpMessage::parse(const QByteArray& line) {
  QJsonParseError problem;
  const auto document = QJsonDocument::fromJson(line, &problem);
  if (!document.isObject()) return unintelligible("not a JSON object");
  const auto object = document.object();
  QmpMessage message;
  if (const auto greeting = object.value(QLatin1String("QMP")); greeting.isObject()) {
    message.kind = Kind::Greeting;
    message.description = versionOf(greeting.toObject());
    return message;
  }
  if (const auto event = object.value(QLatin1String("event")); event.isString()) {
    message.kind = Kind::Event;
    message.name = event.toString();
    message.data = object.value(QLatin1String("data")).toObject();
    return message;
  }
  message.id = object.value(QLatin1String("id")).toInteger(-1);
  if (object.contains(QLatin1String("return"))) {
    message.kind = Kind::Return;
    message.value = object.value(QLatin1String("return"));
    return message;
  }
  if (const auto error = object.value(QLatin1String("error")); error.isObject()) {
    message.kind = Kind::Error;
    message.name = error.toObject().value(QLatin1String("class")).toString();
    message.description = error.toObject().value(QLatin1String("desc")).toString();
    return message;
  }
  return unintelligible("neither greeting, event, return nor error");
}

QByteArray QmpMessage::command(qint64 id, const QString& name, const QJsonObject& arguments) {
  QJsonObject object{{QStringLiteral("execute"), name}, {QStringLiteral("id"), id}};
  if (!arguments.isEmpty()) object.insert(QStringLiteral("arguments"), arguments);
  return QJsonDocument(object).toJson(QJsonDocument::Compact) + '\n';
}

}  // namespace terrarium
