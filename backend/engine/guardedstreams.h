// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <memory>

#include "backend/api/files.h"
#include "backend/engine/lifecycle.h"

namespace terrarium {

/// Bytes out of a sandbox, as long as it is active; fails with what happened to the sandbox when it is not any more.
class GuardedReadStream : public ReadStream {
  Q_OBJECT
 public:
  GuardedReadStream(std::unique_ptr<ReadStream> inner, const Lifecycle& lifecycle, const SandboxId& id);
  void consumed(qint64 bytes) override;

 private:
  void end(const Error& error);

  std::unique_ptr<ReadStream> inner_;
  bool over_ = false;
};

/// Bytes into a sandbox, in the same way.
class GuardedWriteStream : public WriteStream {
  Q_OBJECT
 public:
  GuardedWriteStream(std::unique_ptr<WriteStream> inner, const Lifecycle& lifecycle, const SandboxId& id);
  void write(const QByteArray& bytes) override;
  [[nodiscard]] qint64 pending() const override;
  void finish() override;

 private:
  void end(const Error& error);

  std::unique_ptr<WriteStream> inner_;
  bool over_ = false;
};

/// Streams that could not be opened: they say why once the receiver has had time to connect.
class FailedReadStream : public ReadStream {
  Q_OBJECT
 public:
  explicit FailedReadStream(const Error& error);
  void consumed(qint64) override {}
};

class FailedWriteStream : public WriteStream {
  Q_OBJECT
 public:
  explicit FailedWriteStream(const Error& error);
  void write(const QByteArray&) override {}
  [[nodiscard]] qint64 pending() const override { return 0; }
  void finish() override {}
};

}  // namespace terrarium
