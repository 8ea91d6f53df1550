// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "backend/demo/demosession.h"
#include "backend/demo/demoshell.h"

namespace terrarium {

/// A command of the demonstration: takes the steps that the shell named, with its time limit.
class DemoCommand final : public DemoSession {
  Q_OBJECT
 public:
  DemoCommand(const SandboxId& id, const Events& events, const Result<DemoOutcome>& outcome, const ExecRequest& request);

  void write(const QByteArray& bytes) override;
  void closeInput() override;

 private:
  void idle() override;

  DemoOutcome outcome_;
  std::size_t next_ = 0;
  QTimer wait_;
  QTimer limit_;
  QByteArray input_;
  bool inputClosed_;
};

}  // namespace terrarium
