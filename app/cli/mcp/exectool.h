// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QElapsedTimer>
#include <QTimer>

#include "app/cli/mcp/boundedtext.h"
#include "app/cli/mcp/toolcall.h"

namespace terrarium {

constexpr std::chrono::seconds kExecDefault{60};
constexpr std::chrono::seconds kExecLongest{600};
constexpr qsizetype kExecOutput = 32 * 1024;  ///< of each stream

/// Runs a command and ends the call with what it wrote and its exit code.
void execTool(ToolCall& call);

/// A command that runs for a call. A child of the call: the command is killed when the client takes the call back.
class CommandRun : public QObject {
  Q_OBJECT
 public:
  CommandRun(ToolCall& call, std::unique_ptr<ExecSession> session, std::chrono::seconds limit);

 private:
  void finish(const ExecResult& result);
  void tell();

  ToolCall& call_;
  std::unique_ptr<ExecSession> session_;
  std::chrono::seconds limit_;
  BoundedText stdout_{kExecOutput};
  BoundedText stderr_{kExecOutput};
  qint64 received_ = 0;
  QElapsedTimer since_;
  QTimer progress_;
};

}  // namespace terrarium
