// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/nodeversion.h"

#include <QRegularExpression>

namespace terrarium {

std::optional<NodeVersion> NodeVersion::parse(const QByteArray& text) {
  static const QRegularExpression form(QStringLiteral("^v([0-9]{1,4})\\.([0-9]{1,4})\\.[0-9]"));
  const auto match = form.match(QString::fromLatin1(text.trimmed()));
  if (!match.hasMatch()) return std::nullopt;
  return NodeVersion{match.captured(1).toInt(), match.captured(2).toInt()};
}

}  // namespace terrarium
