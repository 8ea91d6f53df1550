// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "backend/api/ports.h"

namespace terrarium {

/// A connection that could not be opened: says why once the receiver has had time to connect.
class FailedPortConnection final : public PortConnection {
  Q_OBJECT
 public:
  explicit FailedPortConnection(const Error& error);

  void write(const QByteArray&) override {}
  [[nodiscard]] qint64 pending() const override { return 0; }
  void closeWrite() override {}
  void consumed(qint64) override {}
};

}  // namespace terrarium
