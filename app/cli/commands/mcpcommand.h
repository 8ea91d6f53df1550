// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QSocketNotifier>
#include <memory>

#include "app/cli/command.h"
#include "app/cli/mcp/linesplitter.h"
#include "app/cli/mcp/mcpserver.h"

namespace terrarium {

/// `terrariumctl mcp`: the Model Context Protocol on standard input and output, until the client closes its end.
class McpCommand : public Command {
  Q_OBJECT
 public:
  Verb describe(Verb parent) override;

 protected:
  void run() override;

 private:
  void read();
  void findEngine(QObject* context, const std::function<void(Result<std::shared_ptr<Facade>>)>& callback);

  std::unique_ptr<McpServer> server_;
  std::unique_ptr<QSocketNotifier> input_;
  LineSplitter lines_;
  Endpoint endpoint_;
  std::shared_ptr<HttpFacade> facade_;

 public:
  McpCommand();
};

}  // namespace terrarium
