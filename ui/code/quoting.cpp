// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/code/quoting.h"

#include <algorithm>

namespace terrarium {

namespace {

/// Control characters, and those that are not seen or turn the order of what is.
bool isHidden(QChar c) {
  switch (c.category()) {
    case QChar::Other_Control:
    case QChar::Other_Format:
    case QChar::Separator_Line:
    case QChar::Separator_Paragraph:
      return true;
    default:
      return false;
  }
}

bool isBare(QChar c) {
  constexpr auto kOthers = u"_@%+=:,./-";
  return c.unicode() < 128 && (c.isLetterOrNumber() || QStringView(kOthers).contains(c));
}

QString hexEscape(QChar c) { return QStringLiteral("\\u%1").arg(c.unicode(), 4, 16, QLatin1Char('0')); }

}  // namespace

QString shellWord(const QString& text) {
  if (!text.isEmpty() && std::all_of(text.begin(), text.end(), isBare)) return text;
  const auto needsEscape = [](QChar c) { return isHidden(c) && c != QLatin1Char('\n'); };
  if (std::none_of(text.begin(), text.end(), needsEscape)) {
    QString quoted = text;
    return QLatin1Char('\'') + quoted.replace(QLatin1Char('\''), QStringLiteral("'\\''")) + QLatin1Char('\'');
  }
  QString quoted = QStringLiteral("$'");
  for (const QChar c : text) {
    if (c == QLatin1Char('\n'))
      quoted += QStringLiteral("\\n");
    else if (c == QLatin1Char('\t'))
      quoted += QStringLiteral("\\t");
    else if (isHidden(c))
      quoted += hexEscape(c);
    else if (c == QLatin1Char('\'') || c == QLatin1Char('\\'))
      quoted += QLatin1Char('\\') + QString(c);
    else
      quoted += c;
  }
  return quoted + QLatin1Char('\'');
}

QString stringLiteral(const QString& text) {
  QString literal = QStringLiteral("\"");
  for (const QChar c : text) {
    if (c == QLatin1Char('"') || c == QLatin1Char('\\'))
      literal += QLatin1Char('\\') + QString(c);
    else if (c == QLatin1Char('\n'))
      literal += QStringLiteral("\\n");
    else if (c == QLatin1Char('\t'))
      literal += QStringLiteral("\\t");
    else if (isHidden(c))
      literal += hexEscape(c);
    else
      literal += c;
  }
  return literal + QLatin1Char('"');
}

}  // namespace terrarium
