// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QElapsedTimer>
#include <QTimer>
#include <deque>
#include <optional>

#include "backend/api/exec.h"
#include "backend/demo/demopresence.h"

namespace terrarium {

/// What commands and terminals have in common: bounded output, one end, and that they end with their sandbox.
class DemoSession : public ExecSession {
  Q_OBJECT
 public:
  DemoSession(const SandboxId& id, const Events& events);

  [[nodiscard]] qint64 inputPending() const override { return 0; }
  void consumed(qint64 bytes) override;
  void sendSignal(const QByteArray& name) override;
  void resize(int columns, int rows) override;

 protected:
  void begin(std::optional<Error> problem);
  void output(OutputChannel channel, const QByteArray& bytes);
  /// After the output.
  void endWith(int exitCode);
  void failWith(const Error& error);
  [[nodiscard]] bool hasEnded() const { return ended_; }
  /// All output so far has been handed out.
  virtual void idle() {}
  virtual void signalled(int number);

 private:
  struct Chunk {
    OutputChannel channel;
    QByteArray bytes;
  };
  void step();

  DemoPresence presence_;
  QTimer timer_;
  QElapsedTimer elapsed_;
  std::deque<Chunk> chunks_;
  std::optional<Error> problem_;
  std::optional<int> exitCode_;
  qint64 unconsumed_ = 0;
  bool started_ = false;
  bool ended_ = false;
};

}  // namespace terrarium
