// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/terminal/terminalline.h"

#include <QDataStream>
#include <QIODevice>
#include <algorithm>

namespace terrarium {

namespace {

TerminalColor toColor(const VTermColor& color) {
  if (VTERM_COLOR_IS_DEFAULT_FG(&color) || VTERM_COLOR_IS_DEFAULT_BG(&color)) return {};
  if (VTERM_COLOR_IS_INDEXED(&color)) return {TerminalColor::Kind::Indexed, color.indexed.idx, 0, 0};
  return {TerminalColor::Kind::Rgb, color.rgb.red, color.rgb.green, color.rgb.blue};
}

VTermColor fromColor(const TerminalColor& color, VTermColorType defaultType) {
  VTermColor result;
  switch (color.kind) {
    case TerminalColor::Kind::Indexed:
      vterm_color_indexed(&result, color.red);
      return result;
    case TerminalColor::Kind::Rgb:
      vterm_color_rgb(&result, color.red, color.green, color.blue);
      return result;
    case TerminalColor::Kind::Default:
      break;
  }
  vterm_color_rgb(&result, 0, 0, 0);
  result.type |= static_cast<std::uint8_t>(defaultType);
  return result;
}

TerminalStyle toStyle(const VTermScreenCell& cell) {
  TerminalStyle style;
  style.foreground = toColor(cell.fg);
  style.background = toColor(cell.bg);
  style.bold = cell.attrs.bold != 0;
  style.italic = cell.attrs.italic != 0;
  style.strike = cell.attrs.strike != 0;
  style.reverse = cell.attrs.reverse != 0;
  style.underline = static_cast<std::uint8_t>(cell.attrs.underline);
  return style;
}

void fillCell(VTermScreenCell& cell, const TerminalStyle& style) {
  cell = {};
  cell.width = 1;
  cell.fg = fromColor(style.foreground, VTERM_COLOR_DEFAULT_FG);
  cell.bg = fromColor(style.background, VTERM_COLOR_DEFAULT_BG);
  cell.attrs.bold = style.bold ? 1U : 0U;
  cell.attrs.italic = style.italic ? 1U : 0U;
  cell.attrs.strike = style.strike ? 1U : 0U;
  cell.attrs.reverse = style.reverse ? 1U : 0U;
  cell.attrs.underline = static_cast<unsigned>(style.underline & 3U);
}

bool isAscii(const QString& text) { return text.size() == 1 && text.at(0).unicode() >= 0x20 && text.at(0).unicode() < 0x7f; }

QDataStream& operator<<(QDataStream& out, const TerminalColor& color) {
  return out << static_cast<quint8>(color.kind) << color.red << color.green << color.blue;
}

QDataStream& operator>>(QDataStream& in, TerminalColor& color) {
  quint8 kind = 0;
  in >> kind >> color.red >> color.green >> color.blue;
  color.kind = static_cast<TerminalColor::Kind>(kind);
  return in;
}

quint8 packFlags(const TerminalStyle& style) {
  return static_cast<quint8>((style.bold ? 1 : 0) | (style.italic ? 2 : 0) | (style.strike ? 4 : 0) | (style.reverse ? 8 : 0) |
                             (style.underline << 4));
}

void unpackFlags(quint8 flags, TerminalStyle& style) {
  style.bold = (flags & 1) != 0;
  style.italic = (flags & 2) != 0;
  style.strike = (flags & 4) != 0;
  style.reverse = (flags & 8) != 0;
  style.underline = static_cast<std::uint8_t>(flags >> 4);
}

}  // namespace

TerminalLine TerminalLine::fromCells(const VTermScreenCell* cells, int count) {
  TerminalLine line;
  const TerminalStyle plain;
  int end = count;
  while (end > 0 && cells[end - 1].chars[0] == 0 && toStyle(cells[end - 1]) == plain) --end;
  for (int column = 0; column < end;) {
    const auto& cell = cells[column];
    const int width = std::max(1, static_cast<int>(cell.width));
    QString text;
    for (int i = 0; i < VTERM_MAX_CHARS_PER_CELL && cell.chars[i] != 0; ++i) {
      if (cell.chars[i] == UINT32_MAX) continue;  // the right half of a wide character
      const auto point = static_cast<char32_t>(cell.chars[i]);
      text += QString::fromUcs4(&point, 1);
    }
    line.append(column, width, text.isEmpty() ? QStringLiteral(" ") : text, toStyle(cell));
    column += width;
  }
  return line;
}

void TerminalLine::append(int column, int columns, const QString& text, const TerminalStyle& style) {
  const bool ascii = columns == 1 && isAscii(text);
  if (ascii && !runs_.empty()) {
    auto& last = runs_.back();
    if (last.text.size() == last.columns && isAscii(last.text.left(1)) && last.style == style) {
      last.text += text;
      ++last.columns;
      return;
    }
  }
  runs_.push_back({column, columns, text, style});
}

void TerminalLine::toCells(VTermScreenCell* cells, int count) const {
  for (int column = 0; column < count; ++column) fillCell(cells[column], {});
  for (const auto& run : runs_) {
    const bool perCell = run.text.size() == run.columns && isAscii(run.text.left(1));
    const auto points = run.text.toUcs4();
    for (int i = 0; i < run.columns && run.column + i < count; ++i) fillCell(cells[run.column + i], run.style);
    if (perCell) {
      for (int i = 0; i < run.columns && run.column + i < count; ++i) cells[run.column + i].chars[0] = points.at(i);
    } else if (run.column + run.columns <= count) {
      auto& cell = cells[run.column];
      cell.width = static_cast<char>(run.columns);
      for (int i = 0; i < std::min<int>(VTERM_MAX_CHARS_PER_CELL, static_cast<int>(points.size())); ++i)
        cell.chars[i] = points.at(i);
      if (run.columns == 2) cells[run.column + 1].chars[0] = UINT32_MAX;
    }
  }
}

QByteArray TerminalLine::packed() const {
  QByteArray bytes;
  QDataStream out(&bytes, QIODevice::WriteOnly);
  for (const auto& run : runs_) {
    const bool plain = run.style == TerminalStyle{};
    out << static_cast<quint16>(run.column) << static_cast<quint16>(run.columns) << run.text.toUtf8() << plain;
    if (!plain) out << run.style.foreground << run.style.background << packFlags(run.style);
  }
  return bytes;
}

TerminalLine TerminalLine::unpacked(const QByteArray& bytes) {
  TerminalLine line;
  QDataStream in(bytes);
  while (!in.atEnd()) {
    quint16 column = 0;
    quint16 columns = 0;
    QByteArray text;
    bool plain = true;
    in >> column >> columns >> text >> plain;
    TerminalStyle style;
    if (!plain) {
      quint8 flags = 0;
      in >> style.foreground >> style.background >> flags;
      unpackFlags(flags, style);
    }
    line.runs_.push_back({column, columns, QString::fromUtf8(text), style});
  }
  return line;
}

QString TerminalLine::text(int from, int to) const {
  QString result;
  int position = from;
  for (const auto& run : runs_) {
    const int end = run.column + run.columns;
    if (end <= from) continue;
    if (run.column >= to) break;
    if (run.column > position) result += QString(run.column - position, QLatin1Char(' '));
    const bool perCell = run.text.size() == run.columns;
    result += perCell ? run.text.mid(std::max(0, from - run.column), std::min(to, end) - std::max(from, run.column)) : run.text;
    position = end;
  }
  while (result.endsWith(QLatin1Char(' '))) result.chop(1);
  return result;
}

QString TerminalLine::cellText(int column) const {
  for (const auto& run : runs_) {
    if (column < run.column || column >= run.column + run.columns) continue;
    if (run.text.size() == run.columns) return run.text.mid(column - run.column, 1);
    return column == run.column ? run.text : QString();
  }
  return QStringLiteral(" ");
}

}  // namespace terrarium
