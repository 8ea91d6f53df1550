// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/mcp/rpcmessage.h"

#include <QJsonDocument>

namespace terrarium {

namespace {
const QString kVersionKey = QStringLiteral("jsonrpc");
const QString kVersion = QStringLiteral("2.0");
constexpr qsizetype kLongestText = 1024;

bool isWholeNumber(const QJsonValue& value) {
  // A number that is not a whole one gives both defaults.
  return value.isDouble() && value.toInteger(0) == value.toInteger(1);
}

bool isId(const QJsonValue& value) { return isWholeNumber(value) || (value.isString() && value.toString().size() <= kLongestText); }

QByteArray line(QJsonObject object) {
  object.insert(kVersionKey, kVersion);
  return QJsonDocument(object).toJson(QJsonDocument::Compact) + '\n';
}
}  // namespace

tl::expected<RpcMessage, RpcProblem> parseRpcMessage(const QByteArray& text) {
  QJsonParseError problem;
  const auto document = QJsonDocument::fromJson(text, &problem);
  if (problem.error != QJsonParseError::NoError) {
    return tl::make_unexpected(RpcProblem{RpcError::Parse, QStringLiteral("Not JSON: ") + problem.errorString(), QJsonValue::Null});
  }
  const auto object = document.object();
  const auto id = object.value(QLatin1String("id"));
  const auto knownId = isId(id) ? id : QJsonValue(QJsonValue::Null);
  const auto invalid = [&knownId](const char* message) {
    return tl::make_unexpected(RpcProblem{RpcError::InvalidRequest, QLatin1String(message), knownId});
  };
  if (!document.isObject()) return invalid("A message is one JSON object; batches are not supported.");
  if (object.value(kVersionKey) != QJsonValue(kVersion)) return invalid("The member jsonrpc has to be \"2.0\".");
  if (object.contains(QLatin1String("id")) && !isId(id)) return invalid("The member id has to be a text or a whole number.");
  const auto method = object.value(QLatin1String("method"));
  if (method.isUndefined() && (object.contains(QLatin1String("result")) || object.contains(QLatin1String("error")))) {
    return RpcMessage{RpcMessage::Kind::Response, knownId, {}, {}};
  }
  if (!method.isString() || method.toString().size() > kLongestText) return invalid("The member method has to be a text.");
  const auto params = object.value(QLatin1String("params"));
  if (!params.isUndefined() && !params.isObject()) return invalid("The member params has to be an object.");
  const auto kind = id.isUndefined() ? RpcMessage::Kind::Notification : RpcMessage::Kind::Request;
  return RpcMessage{kind, id, method.toString(), params.toObject()};
}

QByteArray rpcResult(const QJsonValue& id, const QJsonObject& result) {
  return line({{QStringLiteral("id"), id}, {QStringLiteral("result"), result}});
}

QByteArray rpcProblem(const RpcProblem& problem) {
  const QJsonObject error{{QStringLiteral("code"), static_cast<int>(problem.error)}, {QStringLiteral("message"), problem.message}};
  return line({{QStringLiteral("id"), problem.id}, {QStringLiteral("error"), error}});
}

QByteArray rpcNotification(const QString& method, const QJsonObject& params) {
  return line({{QStringLiteral("method"), method}, {QStringLiteral("params"), params}});
}

QString rpcKey(const QJsonValue& id) { return id.isString() ? QLatin1Char('"') + id.toString() : QString::number(id.toInteger()); }

}  // namespace terrarium
