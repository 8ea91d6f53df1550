// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/engine/guardedexecsession.h"

#include <utility>

#include "backend/engine/reachability.h"

namespace terrarium {

GuardedExecSession::GuardedExecSession(std::unique_ptr<ExecSession> inner, const Lifecycle& lifecycle, const SandboxId& id,
                                       std::optional<std::chrono::milliseconds> patience)
    : inner_(std::move(inner)) {
  connect(&silence_, &QTimer::timeout, this, &GuardedExecSession::onSilence);
  if (patience) silence_.start(*patience);
  connect(inner_.get(), &ExecSession::started, this, &ExecSession::started);
  connect(inner_.get(), &ExecSession::outputReceived, this, [this](OutputChannel channel, const QByteArray& bytes) {
    unread_ += bytes.size();
    if (silence_.isActive()) silence_.start();
    emit outputReceived(channel, bytes);
  });
  connect(inner_.get(), &ExecSession::inputDrained, this, &ExecSession::inputDrained);
  connect(inner_.get(), &ExecSession::finished, this, [this](const ExecResult& result) {
    if (std::exchange(over_, true)) return;
    silence_.stop();
    emit finished(result);
  });
  connect(inner_.get(), &ExecSession::failed, this, [this, &lifecycle, id](const Error& error) {
    // When the machine goes away, what broke is not the conversation but the sandbox's being active.
    const auto reachable = checkReachable(lifecycle.find(id));
    end(reachable ? error : reachable.error());
  });
  connect(&lifecycle, &Lifecycle::changed, this, [this, &lifecycle, id](const SandboxInfo& info) {
    // While it is being paused the command may still go on: a pause can fail.
    if (info.id != id || info.state == SandboxState::Active || info.state == SandboxState::Pausing) return;
    end(whyItEnded(lifecycle.find(id)));
  });
  connect(&lifecycle, &Lifecycle::removed, this, [this, id](const SandboxId& gone) {
    if (gone == id) end(noSuchSandbox());
  });
}

void GuardedExecSession::write(const QByteArray& bytes) {
  if (!over_) inner_->write(bytes);
}

qint64 GuardedExecSession::inputPending() const { return over_ ? 0 : inner_->inputPending(); }

void GuardedExecSession::closeInput() {
  if (!over_) inner_->closeInput();
}

void GuardedExecSession::sendSignal(const QByteArray& name) {
  if (!over_) inner_->sendSignal(name);
}

void GuardedExecSession::resize(int columns, int rows) {
  if (!over_) inner_->resize(columns, rows);
}

void GuardedExecSession::consumed(qint64 bytes) {
  unread_ -= bytes;
  if (!over_) inner_->consumed(bytes);
}

void GuardedExecSession::onSilence() {
  // The end comes after the output, which somebody takes his time to read.
  if (unread_ > 0) return;
  end(Error{
      ErrorCode::TimedOut,
      "The sandbox does not answer: the time of the command is long over, and nothing was heard of its end. It may be too busy; "
      "pause and resume it, or delete it.",
      {},
      {}});
}

void GuardedExecSession::end(const Error& error) {
  if (std::exchange(over_, true)) return;
  silence_.stop();
  emit failed(error);
}

FailedExecSession::FailedExecSession(const Error& error) {
  QMetaObject::invokeMethod(
      this, [this, error] { emit failed(error); }, Qt::QueuedConnection);
}

}  // namespace terrarium
