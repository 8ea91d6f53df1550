// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/httpapi/requestorigin.h"

#include <QUrl>

#include "backend/domain/sandboxid.h"
#include "backend/httpapi/previewhost.h"

namespace terrarium {

namespace {
QByteArray hostWithoutPort(const QByteArray& host) {
  if (host.startsWith('[')) return host.left(host.indexOf(']') + 1);
  const auto colon = host.indexOf(':');
  return (colon < 0 ? host : host.left(colon)).toLower();
}

bool isLoopback(const QByteArray& host) {
  return host == "127.0.0.1" || host == "[::1]" || host == "::1" || host == "localhost" || host.endsWith(".localhost");
}
/// The id in boxd-{id}.…; empty: it is another host.
QByteArray labelledId(const QByteArray& host) { return host.startsWith("boxd-") ? host.split('.').first().mid(5) : QByteArray(); }
}  // namespace

Result<void> checkOrigin(const HttpRequest& request, bool isDataPlane, const QByteArrayList& hosts) {
  const auto host = hostWithoutPort(request.header("host"));
  // boxd-{id}.… is what the official SDK makes of any sandbox host; it is useless without a token.
  const bool isLabel = SandboxId::parse(labelledId(host).toStdString()).has_value();
  const bool isOurs = isLoopback(host) || hosts.contains(host);
  if (isDataPlane ? !isOurs && !isLabel : !isOurs || isLabel) {
    return failure(ErrorCode::Forbidden,
                   hosts.isEmpty()
                       ? "This engine answers on loopback only: the Host header has to be 127.0.0.1, [::1] or localhost."
                       : "This engine does not go by that name. Start it with --host-name to let it through.");
  }
  const auto origin = request.header("origin");
  if (origin.isEmpty()) return {};
  const auto from = QUrl(QString::fromLatin1(origin)).host().toLatin1().toLower();
  // Nor may pages that programs in sandboxes serve.
  if (isLoopback(from) && !parsePreviewHost(from)) return {};
  return failure(ErrorCode::Forbidden, "Pages of other sites may not talk to this engine.");
}

QByteArray sandboxIdOf(const HttpRequest& request) {
  if (const auto id = request.header("x-superserve-sandbox-id"); !id.isEmpty()) return id;
  if (const auto id = labelledId(hostWithoutPort(request.header("host"))); !id.isEmpty()) return id;
  return request.queryValue(QStringLiteral("sandbox_id")).value_or(QString()).toUtf8();
}

QByteArray accessTokenOf(const HttpRequest& request) {
  if (const auto token = request.header("x-access-token"); !token.isEmpty()) return token;
  for (const auto& offered : request.header("sec-websocket-protocol").split(',')) {
    const auto protocol = offered.trimmed();
    if (protocol.startsWith("token.")) return protocol.mid(6);
  }
  return {};
}

}  // namespace terrarium
