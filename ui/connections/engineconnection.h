// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>
#include <QUrl>

namespace terrarium {

/// Where sandboxes are: this machine's engine (no identity), another engine, or the hosted service. The key is kept elsewhere.
struct EngineConnection {
  QString id = {};
  QString name = {};
  QUrl url = {};

  [[nodiscard]] bool isLocal() const { return id.isEmpty(); }
  [[nodiscard]] bool isHosted() const { return url.host().endsWith(QLatin1String(".superserve.ai"), Qt::CaseInsensitive); }
  bool operator==(const EngineConnection&) const = default;
};

}  // namespace terrarium
