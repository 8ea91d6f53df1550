// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QHash>
#include <QObject>
#include <functional>
#include <memory>

#include "app/cli/mcp/rpcmessage.h"
#include "app/cli/mcp/toolset.h"

namespace terrarium {

/// The Model Context Protocol for one client: agrees on a version, lists the tools, runs their calls side by side, passes progress
/// on and honours cancellation. Knows lines, not where they come from. Owned by the command.
class McpServer : public QObject {
  Q_OBJECT
 public:
  /// Finds the engine for one call, or says why there is none.
  using FindEngine = std::function<void(QObject* context, const std::function<void(Result<std::shared_ptr<Facade>>)>& callback)>;
  using Send = std::function<void(const QByteArray& line)>;
  McpServer(FindEngine findEngine, Send send, QObject* parent = nullptr);

  void receive(const QByteArray& line);
  void refuseLongLine();
  /// The client is gone: takes all calls back.
  void cancelAll();
  [[nodiscard]] qsizetype runningCalls() const { return running_.size(); }

 private:
  /// A call whose engine may still be looked for.
  struct Running {
    QObject* scope = nullptr;
    ToolCall* call = nullptr;
  };
  void handle(const RpcMessage& message);
  void initialize(const RpcMessage& message);
  void listTools(const RpcMessage& message);
  void callTool(const RpcMessage& message);
  void start(const RpcMessage& message, const ToolSet::Run& run, const Result<std::shared_ptr<Facade>>& engine);
  void finish(const QJsonValue& id, const QJsonObject& result);
  void cancel(const QString& key);
  void refuse(const RpcMessage& message, RpcError error, const QString& text);

  FindEngine findEngine_;
  Send send_;
  ToolSet tools_;
  QHash<QString, Running> running_;
  bool initialized_ = false;
};

}  // namespace terrarium
