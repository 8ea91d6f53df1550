// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/engine/guardedstreams.h"

#include <functional>
#include <utility>

#include "backend/engine/reachability.h"

namespace terrarium {

namespace {

/// What an error of a transfer means when the sandbox has left `active`.
Error inContext(const Error& error, const Lifecycle& lifecycle, const SandboxId& id) {
  const auto reachable = checkReachable(lifecycle.find(id));
  return reachable ? error : reachable.error();
}

/// Calls `end` when the sandbox is not active any more for good.
void watch(QObject* stream, const Lifecycle& lifecycle, const SandboxId& id, const std::function<void(const Error&)>& end) {
  QObject::connect(&lifecycle, &Lifecycle::changed, stream, [&lifecycle, id, end](const SandboxInfo& info) {
    if (info.id != id || info.state == SandboxState::Active || info.state == SandboxState::Pausing) return;
    end(whyItEnded(lifecycle.find(id)));
  });
  QObject::connect(&lifecycle, &Lifecycle::removed, stream, [id, end](const SandboxId& gone) {
    if (gone == id) end(noSuchSandbox());
  });
}

}  // namespace

GuardedReadStream::GuardedReadStream(std::unique_ptr<ReadStream> inner, const Lifecycle& lifecycle, const SandboxId& id)
    : inner_(std::move(inner)) {
  connect(inner_.get(), &ReadStream::opened, this, &ReadStream::opened);
  connect(inner_.get(), &ReadStream::chunkReceived, this, &ReadStream::chunkReceived);
  connect(inner_.get(), &ReadStream::finished, this, [this] {
    if (!std::exchange(over_, true)) emit finished();
  });
  connect(inner_.get(), &ReadStream::failed, this,
          [this, &lifecycle, id](const Error& error) { end(inContext(error, lifecycle, id)); });
  watch(this, lifecycle, id, [this](const Error& error) { end(error); });
}

void GuardedReadStream::consumed(qint64 bytes) {
  if (!over_) inner_->consumed(bytes);
}

void GuardedReadStream::end(const Error& error) {
  if (!std::exchange(over_, true)) emit failed(error);
}

GuardedWriteStream::GuardedWriteStream(std::unique_ptr<WriteStream> inner, const Lifecycle& lifecycle, const SandboxId& id)
    : inner_(std::move(inner)) {
  connect(inner_.get(), &WriteStream::drained, this, &WriteStream::drained);
  connect(inner_.get(), &WriteStream::stored, this, [this](qint64 size) {
    if (!std::exchange(over_, true)) emit stored(size);
  });
  connect(inner_.get(), &WriteStream::failed, this,
          [this, &lifecycle, id](const Error& error) { end(inContext(error, lifecycle, id)); });
  watch(this, lifecycle, id, [this](const Error& error) { end(error); });
}

void GuardedWriteStream::write(const QByteArray& bytes) {
  if (!over_) inner_->write(bytes);
}

qint64 GuardedWriteStream::pending() const { return over_ ? 0 : inner_->pending(); }

void GuardedWriteStream::finish() {
  if (!over_) inner_->finish();
}

void GuardedWriteStream::end(const Error& error) {
  if (!std::exchange(over_, true)) emit failed(error);
}

FailedReadStream::FailedReadStream(const Error& error) {
  QMetaObject::invokeMethod(
      this, [this, error] { emit failed(error); }, Qt::QueuedConnection);
}

FailedWriteStream::FailedWriteStream(const Error& error) {
  QMetaObject::invokeMethod(
      this, [this, error] { emit failed(error); }, Qt::QueuedConnection);
}

}  // namespace terrarium
