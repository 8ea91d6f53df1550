// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/inspector/previewaddress.h"

#include <QCoreApplication>

#include "ui/widgets/humantext.h"

namespace terrarium {

namespace {

/// Translations of this file stand under one context.
struct PreviewText {
  Q_DECLARE_TR_FUNCTIONS(PreviewText)
};

constexpr int kFirstPort = 1024;

Failure refused(const QString& why) { return failure(ErrorCode::BadRequest, why.toStdString()); }

bool isLoopback(const QString& host) {
  return host == QLatin1String("localhost") || host == QLatin1String("::1") || host.startsWith(QLatin1String("127."));
}

}  // namespace

Result<QUrl> previewAddress(const EngineConnection& connection, const SandboxId& id, int port) {
  if (port < kFirstPort) return refused(PreviewText::tr("Only ports from %1 on can be opened.").arg(kFirstPort));
  const QString label = QStringLiteral("%1-%2").arg(port).arg(toText(id.value()));
  QUrl address = connection.url;
  address.setPath(QStringLiteral("/"));
  if (connection.isHosted()) {
    // The service serves sandboxes beside its API: api.… and sandbox.…, api-usw.… and usw-sandbox.…
    const QString region = address.host().section(QLatin1Char('.'), 0, 0).section(QLatin1Char('-'), 1);
    const QString host = region.isEmpty() ? QStringLiteral("sandbox") : region + QStringLiteral("-sandbox");
    address.setHost(label + QLatin1Char('.') + host + QStringLiteral(".superserve.ai"));
    return address;
  }
  if (address.host().isEmpty()) return refused(PreviewText::tr("The demonstration has nothing to open."));
  if (!isLoopback(address.host()))
    return refused(PreviewText::tr("Ports can be opened on the machine alone that the engine runs on, %1.").arg(address.host()));
  address.setHost(label + QStringLiteral(".localhost"));
  return address;
}

}  // namespace terrarium
