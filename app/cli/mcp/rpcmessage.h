// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QJsonObject>
#include <QJsonValue>
#include <QString>
#include <tl/expected.hpp>

namespace terrarium {

/// The error codes of JSON-RPC 2.0.
enum class RpcError { Parse = -32700, InvalidRequest = -32600, MethodNotFound = -32601, InvalidParams = -32602 };

/// A message of JSON-RPC 2.0 as a peer sent it. A request has an id, a notification has none; a response has neither method nor
/// meaning for a server that asks nothing.
struct RpcMessage {
  enum class Kind { Request, Notification, Response };
  Kind kind = Kind::Notification;
  QJsonValue id;  ///< text or whole number
  QString method;
  QJsonObject params;
};

/// Why a line is no message, in the words of the protocol. `id` is null when the line does not tell it.
struct RpcProblem {
  RpcError error = RpcError::Parse;
  QString message;
  QJsonValue id;
};

[[nodiscard]] tl::expected<RpcMessage, RpcProblem> parseRpcMessage(const QByteArray& line);

// One line each, with its end.
[[nodiscard]] QByteArray rpcResult(const QJsonValue& id, const QJsonObject& result);
[[nodiscard]] QByteArray rpcProblem(const RpcProblem& problem);
[[nodiscard]] QByteArray rpcNotification(const QString& method, const QJsonObject& params);

/// A key for an id, under which 1 and "1" are different.
[[nodiscard]] QString rpcKey(const QJsonValue& id);

}  // namespace terrarium
