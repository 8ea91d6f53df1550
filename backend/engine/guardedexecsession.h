// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QTimer>
#include <memory>
#include <optional>

#include "backend/api/exec.h"
#include "backend/engine/lifecycle.h"

namespace terrarium {

/// A command in a sandbox, as long as the sandbox is active: hands everything through, and ends with failed() when the sandbox is
/// paused, lost or deleted under it, or when nothing was heard of it for the whole of `patience`. Owned by whoever asked for it.
class GuardedExecSession : public ExecSession {
  Q_OBJECT
 public:
  /// The guest ends a command whose time is up; `patience`, which is longer, is for a guest that has stopped answering.
  GuardedExecSession(std::unique_ptr<ExecSession> inner, const Lifecycle& lifecycle, const SandboxId& id,
                     std::optional<std::chrono::milliseconds> patience = {});

  void write(const QByteArray& bytes) override;
  [[nodiscard]] qint64 inputPending() const override;
  void closeInput() override;
  void sendSignal(const QByteArray& name) override;
  void resize(int columns, int rows) override;
  void consumed(qint64 bytes) override;

 private:
  void end(const Error& error);
  void onSilence();

  std::unique_ptr<ExecSession> inner_;
  QTimer silence_{this};
  qint64 unread_ = 0;  ///< bytes that whoever asked has not taken yet
  bool over_ = false;
};

/// One that could not be started: says why once the receiver has had time to connect.
class FailedExecSession : public ExecSession {
  Q_OBJECT
 public:
  explicit FailedExecSession(const Error& error);

  void write(const QByteArray&) override {}
  [[nodiscard]] qint64 inputPending() const override { return 0; }
  void closeInput() override {}
  void sendSignal(const QByteArray&) override {}
  void resize(int, int) override {}
  void consumed(qint64) override {}
};

}  // namespace terrarium
