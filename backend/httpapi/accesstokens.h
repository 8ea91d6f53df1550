// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <chrono>

#include "backend/domain/sandboxid.h"
#include "backend/support/clock.h"

namespace terrarium {

/// Access tokens of the data plane: opaque hex, bound to one sandbox, valid for two hours. They are derived from a secret seed and
/// not stored, so a new one does not knock out those that other clients hold.
class AccessTokens {
 public:
  static constexpr std::chrono::seconds kLifetime{7200};

  explicit AccessTokens(QByteArray seed) : seed_(std::move(seed)) {}

  [[nodiscard]] QByteArray issue(const SandboxId& id, WallTime now) const;
  /// Compares in constant time.
  [[nodiscard]] bool accepts(const QByteArray& token, const SandboxId& id, WallTime now) const;

 private:
  [[nodiscard]] QByteArray signature(const QByteArray& head, const SandboxId& id) const;
  QByteArray seed_;
};

/// True when both are equal; takes the same time wherever they differ.
[[nodiscard]] bool equalInConstantTime(const QByteArray& left, const QByteArray& right);

}  // namespace terrarium
