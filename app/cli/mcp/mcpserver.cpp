// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/mcp/mcpserver.h"

#include <QStringList>

namespace terrarium {

namespace {
constexpr qsizetype kMostCalls = 64;

// The newest first. What is used here is the same in all of them.
const QStringList& versions() {
  static const QStringList known{QStringLiteral("2025-11-25"), QStringLiteral("2025-06-18"), QStringLiteral("2025-03-26"),
                                 QStringLiteral("2024-11-05")};
  return known;
}

const QString kInstructions = QStringLiteral(
    "Terrarium runs sandboxes: small virtual machines on this computer. Create one, run commands and exchange files with it, and "
    "delete "
    "it when it is no longer needed. A paused sandbox wakes by itself when a command or a file needs it. Give temporary ones a "
    "timeout_seconds.");

QJsonValue progressToken(const QJsonObject& params) {
  return params.value(QLatin1String("_meta")).toObject().value(QLatin1String("progressToken"));
}
}  // namespace

McpServer::McpServer(FindEngine findEngine, Send send, QObject* parent)
    : QObject(parent), findEngine_(std::move(findEngine)), send_(std::move(send)) {}

void McpServer::receive(const QByteArray& line) {
  if (line.trimmed().isEmpty()) return;
  const auto message = parseRpcMessage(line);
  message ? handle(*message) : send_(rpcProblem(message.error()));
}

void McpServer::refuseLongLine() {
  send_(rpcProblem({RpcError::InvalidRequest, QStringLiteral("The message is longer than is accepted."), QJsonValue::Null}));
}

void McpServer::refuse(const RpcMessage& message, RpcError error, const QString& text) {
  send_(rpcProblem({error, text, message.id}));
}

void McpServer::handle(const RpcMessage& message) {
  if (message.kind == RpcMessage::Kind::Response) return;
  if (message.kind == RpcMessage::Kind::Notification) {
    // Other notifications ask for nothing here.
    if (message.method == QLatin1String("notifications/cancelled")) {
      cancel(rpcKey(message.params.value(QLatin1String("requestId"))));
    }
    return;
  }
  if (message.method == QLatin1String("ping")) return send_(rpcResult(message.id, {}));
  if (message.method == QLatin1String("initialize")) return initialize(message);
  if (!initialized_) return refuse(message, RpcError::InvalidRequest, QStringLiteral("Send initialize first."));
  if (message.method == QLatin1String("tools/list")) return listTools(message);
  if (message.method == QLatin1String("tools/call")) return callTool(message);
  refuse(message, RpcError::MethodNotFound, QStringLiteral("There is no method %1 here.").arg(message.method));
}

void McpServer::initialize(const RpcMessage& message) {
  const auto asked = message.params.value(QLatin1String("protocolVersion"));
  if (!asked.isString()) {
    return refuse(message, RpcError::InvalidParams, QStringLiteral("protocolVersion is required: a text such as 2025-11-25."));
  }
  if (initialized_) return refuse(message, RpcError::InvalidRequest, QStringLiteral("This session has been initialized already."));
  initialized_ = true;
  // A client that does not know what is offered instead leaves.
  const auto agreed = versions().contains(asked.toString()) ? asked.toString() : versions().front();
  const QJsonObject server{{QStringLiteral("name"), QStringLiteral("terrarium")},
                           {QStringLiteral("title"), QStringLiteral("Terrarium")},
                           {QStringLiteral("version"), QStringLiteral(TERRARIUM_VERSION)}};
  const QJsonObject capabilities{{QStringLiteral("tools"), QJsonObject{{QStringLiteral("listChanged"), false}}}};
  send_(rpcResult(message.id, {{QStringLiteral("protocolVersion"), agreed},
                               {QStringLiteral("capabilities"), capabilities},
                               {QStringLiteral("serverInfo"), server},
                               {QStringLiteral("instructions"), kInstructions}}));
}

void McpServer::listTools(const RpcMessage& message) {
  if (message.params.contains(QLatin1String("cursor"))) {
    return refuse(message, RpcError::InvalidParams, QStringLiteral("There is no such cursor: all tools are on one page."));
  }
  send_(rpcResult(message.id, {{QStringLiteral("tools"), tools_.descriptions()}}));
}

void McpServer::callTool(const RpcMessage& message) {
  const auto name = message.params.value(QLatin1String("name")).toString();
  const auto* run = tools_.find(name);
  if (!run) return refuse(message, RpcError::InvalidParams, QStringLiteral("There is no tool '%1' here.").arg(name.left(64)));
  const auto arguments = message.params.value(QLatin1String("arguments"));
  if (!arguments.isUndefined() && !arguments.isObject()) {
    return refuse(message, RpcError::InvalidParams, QStringLiteral("arguments has to be an object."));
  }
  const auto key = rpcKey(message.id);
  if (running_.contains(key)) return refuse(message, RpcError::InvalidRequest, QStringLiteral("A call with this id is running."));
  if (running_.size() >= kMostCalls) {
    return send_(
        rpcResult(message.id, toolError({ErrorCode::TooManyRequests, "Too many calls run at once. Wait for one to end."})));
  }
  auto* scope = new QObject(this);
  running_.insert(key, {scope, nullptr});
  findEngine_(scope, [this, message, run](const Result<std::shared_ptr<Facade>>& engine) { start(message, *run, engine); });
}

void McpServer::start(const RpcMessage& message, const ToolSet::Run& run, const Result<std::shared_ptr<Facade>>& engine) {
  if (!engine) return finish(message.id, toolError(engine.error()));
  const auto token = progressToken(message.params);
  auto& running = running_[rpcKey(message.id)];
  auto* call = new ToolCall(*engine, message.params.value(QLatin1String("arguments")).toObject(),
                            token.isString() || token.isDouble(), running.scope);
  running.call = call;
  connect(call, &ToolCall::progressed, this, [this, token](double value, double total, const QString& text) {
    QJsonObject params{
        {QStringLiteral("progressToken"), token}, {QStringLiteral("progress"), value}, {QStringLiteral("message"), text}};
    if (total > 0) params.insert(QStringLiteral("total"), total);
    send_(rpcNotification(QStringLiteral("notifications/progress"), params));
  });
  connect(call, &ToolCall::done, this, [this, id = message.id](const QJsonObject& result) { finish(id, result); });
  run(*call);
}

void McpServer::finish(const QJsonValue& id, const QJsonObject& result) {
  const auto running = running_.take(rpcKey(id));
  if (!running.scope) return;
  if (running.call) running.call->disconnect(this);
  // The call is what is talking at this moment.
  running.scope->deleteLater();
  send_(rpcResult(id, result));
}

void McpServer::cancel(const QString& key) {
  const auto running = running_.take(key);
  if (running.call) running.call->cancel();
  delete running.scope;
}

void McpServer::cancelAll() {
  for (const auto& key : running_.keys()) cancel(key);
}

}  // namespace terrarium
