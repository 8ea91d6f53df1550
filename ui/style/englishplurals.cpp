// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/style/englishplurals.h"

namespace terrarium {

QString EnglishPlurals::translate(const char*, const char* sourceText, const char*, int n) const {
  if (n < 0 || !sourceText) return {};
  QString text = QString::fromUtf8(sourceText);
  text.replace(QLatin1StringView("(es)"), n == 1 ? QString() : QStringLiteral("es"));
  text.replace(QLatin1StringView("(s)"), n == 1 ? QString() : QStringLiteral("s"));
  return text;
}

}  // namespace terrarium
