// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/httpapi/accesstokens.h"

#include <QMessageAuthenticationCode>
#include <QRandomGenerator>
#include <openssl/crypto.h>

namespace terrarium {

namespace {
// Hex digits: a nonce, the second it expires, the signature.
constexpr qsizetype kNonceDigits = 16;
constexpr qsizetype kTimeDigits = 16;
constexpr qsizetype kSignatureDigits = 64;

qint64 unixSeconds(WallTime time) { return std::chrono::duration_cast<std::chrono::seconds>(time.time_since_epoch()).count(); }
}  // namespace

QByteArray AccessTokens::issue(const SandboxId& id, WallTime now) const {
  const auto nonce = QByteArray::number(QRandomGenerator::system()->generate64(), 16).rightJustified(kNonceDigits, '0');
  const auto expiry = QByteArray::number(unixSeconds(now + kLifetime), 16).rightJustified(kTimeDigits, '0');
  const auto head = nonce + expiry;
  return head + signature(head, id);
}

bool AccessTokens::accepts(const QByteArray& token, const SandboxId& id, WallTime now) const {
  if (token.size() != kNonceDigits + kTimeDigits + kSignatureDigits) return false;
  const auto head = token.left(kNonceDigits + kTimeDigits);
  if (!equalInConstantTime(token.mid(head.size()), signature(head, id))) return false;
  return head.mid(kNonceDigits).toLongLong(nullptr, 16) > unixSeconds(now);
}

QByteArray AccessTokens::signature(const QByteArray& head, const SandboxId& id) const {
  return QMessageAuthenticationCode::hash(head + '|' + QByteArray::fromStdString(id.value()), seed_, QCryptographicHash::Sha256)
      .toHex();
}

bool equalInConstantTime(const QByteArray& left, const QByteArray& right) {
  if (left.size() != right.size()) return false;
  return CRYPTO_memcmp(left.constData(), right.constData(), static_cast<std::size_t>(left.size())) == 0;
}

}  // namespace terrarium
