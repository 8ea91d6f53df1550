// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/httpapi/previewtokens.h"

#include <QByteArrayList>
#include <QMessageAuthenticationCode>

#include "backend/httpapi/accesstokens.h"

namespace terrarium {

namespace {
// Hex digits: the second it ends (0: never), the signature.
constexpr qsizetype kTimeDigits = 16;
constexpr qsizetype kSignatureDigits = 64;

qint64 unixSeconds(WallTime time) { return std::chrono::duration_cast<std::chrono::seconds>(time.time_since_epoch()).count(); }
}  // namespace

QByteArray PreviewTokens::issue(const SandboxId& id, const PublishedPort& port, std::optional<WallTime> end) const {
  const auto head = QByteArray::number(end ? unixSeconds(*end) : 0, 16).rightJustified(kTimeDigits, '0');
  return head + signature(head, id, port);
}

bool PreviewTokens::accepts(const QByteArray& token, const SandboxId& id, const PublishedPort& port, WallTime now) const {
  if (token.size() != kTimeDigits + kSignatureDigits) return false;
  const auto head = token.left(kTimeDigits);
  if (!equalInConstantTime(token.mid(kTimeDigits), signature(head, id, port))) return false;
  const auto end = head.toLongLong(nullptr, 16);
  return end == 0 || end > unixSeconds(now);
}

QByteArray PreviewTokens::signature(const QByteArray& end, const SandboxId& id, const PublishedPort& port) const {
  const QByteArrayList parts{"preview", QByteArray::fromStdString(id.value()), QByteArray::number(port.port.value()),
                             QByteArray::number(static_cast<qlonglong>(port.tokenVersion)), end};
  return QMessageAuthenticationCode::hash(parts.join('|'), seed_, QCryptographicHash::Sha256).toHex();
}

}  // namespace terrarium
