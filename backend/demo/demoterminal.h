// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "backend/demo/demosession.h"
#include "backend/demo/demoshell.h"

namespace terrarium {

/// A terminal of the demonstration: prompt, line editing with history, and `top` on the alternate screen.
class DemoTerminal final : public DemoSession {
  Q_OBJECT
 public:
  DemoTerminal(const SandboxId& id, const Events& events, Result<DemoShell> shell);

  void write(const QByteArray& bytes) override;
  void closeInput() override;

 private:
  void signalled(int number) override;
  void key(char byte);
  void escape(const QByteArray& sequence);
  void showHistory(std::size_t index);
  void runLine();
  void continueSteps();
  void interrupt();
  void leaveProcesses();
  void show(const QByteArray& bytes);
  void showPrompt();

  Result<DemoShell> shell_;
  QByteArray line_;
  QByteArray escape_;
  std::vector<QByteArray> history_;
  std::size_t historyIndex_ = 0;
  DemoOutcome outcome_;
  std::size_t next_ = 0;
  bool running_ = false;
  bool watching_ = false;
  int tick_ = 0;
  QTimer wait_;
  QTimer refresh_;
};

}  // namespace terrarium
