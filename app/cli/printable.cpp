// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/printable.h"

#include <QList>
#include <QString>
#include <cwchar>

namespace terrarium {

namespace {
bool isHarmful(char32_t c) {
  const bool control = c < 0x20 || (c >= 0x7F && c <= 0x9F);
  const bool separator = c == 0x2028 || c == 0x2029;
  const bool direction = c == 0x200E || c == 0x200F || c == 0x061C || (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
  return control || separator || direction;
}

QString escaped(char32_t c) {
  if (c == U'\n') return QStringLiteral("\\n");
  if (c == U'\t') return QStringLiteral("\\t");
  if (c < 0x100) return QStringLiteral("\\x%1").arg(static_cast<uint>(c), 2, 16, QLatin1Char('0'));
  return QStringLiteral("\\u{%1}").arg(static_cast<uint>(c), 0, 16);
}
}  // namespace

std::string printable(std::string_view text) {
  QString result;
  for (const auto unit : QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size())).toUcs4()) {
    const auto c = static_cast<char32_t>(unit);
    result += isHarmful(c) ? escaped(c) : QString::fromUcs4(&c, 1);
  }
  return result.toStdString();
}

std::size_t columnsOf(std::string_view text) {
  std::size_t columns = 0;
  for (const auto unit : QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size())).toUcs4()) {
    const auto width = ::wcwidth(static_cast<wchar_t>(unit));
    columns += width > 0 ? static_cast<std::size_t>(width) : 0;
  }
  return columns;
}

}  // namespace terrarium
