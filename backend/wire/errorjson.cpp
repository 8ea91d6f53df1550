// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/wire/errorjson.h"

#include <QJsonDocument>

#include "backend/domain/errorname.h"

namespace terrarium {

namespace {
constexpr qsizetype kMaxPlainText = 300;

std::string sentenceForStatus(int status) {
  if (status == 401 || status == 403) return "The API key is not accepted by this engine.";
  if (status == 404) return "This engine does not know what was asked for.";
  return "The engine answered with HTTP status " + std::to_string(status) + ".";
}
}  // namespace

Error errorFromJson(const QJsonObject& object, int status) {
  const auto name = object.value(QLatin1String("code")).toString().toStdString();
  auto message = object.value(QLatin1String("message")).toString().toStdString();
  if (message.empty()) message = sentenceForStatus(status);
  return Error{errorCodeFromWire(name, status), std::move(message), object.value(QLatin1String("detail")).toString().toStdString(),
               object.value(QLatin1String("field")).toString().toStdString()};
}

Error errorFromBody(int status, const QByteArray& body) {
  const auto object = QJsonDocument::fromJson(body).object();
  const auto error = object.value(QLatin1String("error"));
  if (error.isObject()) return errorFromJson(error.toObject(), status);
  auto message = sentenceForStatus(status);
  if (error.isString()) {
    message = error.toString().toStdString();
  } else if (object.isEmpty() && !body.isEmpty() && body.size() <= kMaxPlainText && !body.startsWith('<')) {
    message = body.trimmed().toStdString();
  }
  return Error{errorCodeFromWire(object.value(QLatin1String("code")).toString().toStdString(), status), std::move(message), {}, {}};
}

QJsonObject toJson(const Error& error) {
  QJsonObject object{
      {QStringLiteral("code"), QString::fromUtf8(wireName(error.code).data(), static_cast<qsizetype>(wireName(error.code).size()))},
      {QStringLiteral("message"), QString::fromStdString(error.message)}};
  if (!error.field.empty()) object.insert(QStringLiteral("field"), QString::fromStdString(error.field));
  if (!error.detail.empty()) object.insert(QStringLiteral("detail"), QString::fromStdString(error.detail));
  return object;
}

}  // namespace terrarium
