// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <optional>

#include "backend/domain/previewsettings.h"
#include "backend/domain/sandboxid.h"
#include "backend/support/clock.h"

namespace terrarium {

/// Tokens for private previews: opaque hex, bound to one port of one sandbox and to the port's token version, with or without an
/// end. Derived from a secret seed and not stored.
class PreviewTokens {
 public:
  explicit PreviewTokens(QByteArray seed) : seed_(std::move(seed)) {}

  [[nodiscard]] QByteArray issue(const SandboxId& id, const PublishedPort& port, std::optional<WallTime> end) const;
  /// Compares in constant time.
  [[nodiscard]] bool accepts(const QByteArray& token, const SandboxId& id, const PublishedPort& port, WallTime now) const;

 private:
  [[nodiscard]] QByteArray signature(const QByteArray& end, const SandboxId& id, const PublishedPort& port) const;
  QByteArray seed_;
};

}  // namespace terrarium
