// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "backend/api/ports.h"
#include "backend/engine/lifecycle.h"

namespace terrarium {

/// A connection into a sandbox, as long as the sandbox is active: hands everything through, and ends with failed() when it is
/// paused, lost or deleted under it. Owned by whoever asked for it.
class GuardedPortConnection final : public PortConnection {
  Q_OBJECT
 public:
  GuardedPortConnection(std::unique_ptr<PortConnection> inner, const Lifecycle& lifecycle, const SandboxId& id);

  void write(const QByteArray& bytes) override;
  [[nodiscard]] qint64 pending() const override { return over_ ? 0 : inner_->pending(); }
  void closeWrite() override;
  void consumed(qint64 bytes) override;

 private:
  void end(const Error& error);

  std::unique_ptr<PortConnection> inner_;
  bool over_ = false;
};

}  // namespace terrarium
