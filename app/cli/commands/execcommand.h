// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <memory>

#include "app/cli/command.h"
#include "app/cli/inputpump.h"
#include "app/cli/unixsignals.h"

namespace terrarium {

/// `exec`: runs a command, passes its output on byte for byte and ends with its exit code. With --json the output comes at the end,
/// as one object and bounded. A paused sandbox is resumed.
class ExecCommand : public Command {
  Q_OBJECT
 public:
  Verb describe(Verb parent) override;
  /// One word is a line for the shell; several are a program with its arguments.
  [[nodiscard]] Result<ExecRequest> request(const std::vector<std::string>& afterDashes) const;

 protected:
  void run() override;

 private:
  void execute(HttpFacade& facade, const SandboxId& id, const ExecRequest& request);
  void pass(OutputChannel channel, const QByteArray& bytes);
  void finish(int exitCode);
  void onSignal(int number);

  std::string sandbox_;
  std::vector<std::string> words_;
  std::vector<std::string> env_;
  std::string directory_;
  std::int64_t timeout_ = 0;
  bool stdin_ = false;
  bool noStdin_ = false;
  int interrupts_ = 0;
  QByteArray stdout_;
  QByteArray stderr_;
  bool truncated_ = false;
  std::unique_ptr<ExecSession> exec_;
  std::unique_ptr<UnixSignals> signals_;
};

}  // namespace terrarium
