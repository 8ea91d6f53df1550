// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/terminal/terminalselection.h"

#include <QStringList>
#include <algorithm>

#include "ui/terminal/terminalscreen.h"

namespace terrarium {

namespace {
// What a double click takes as one word: paths, URLs and options stay whole.
bool isWordCharacter(const QString& cell) {
  if (cell.isEmpty()) return true;  // the right half of a wide character
  const auto character = cell.at(0);
  return character.isLetterOrNumber() || QStringLiteral("-_./~:@%+=?&#").contains(character);
}

int wordStart(const TerminalLine& line, int column) {
  while (column > 0 && isWordCharacter(line.cellText(column - 1))) --column;
  return column;
}

int wordEnd(const TerminalLine& line, int column) {
  while (column < line.columns() && isWordCharacter(line.cellText(column))) ++column;
  return column;
}
}  // namespace

void TerminalSelection::start(const TerminalScreen& screen, TerminalPosition position, Mode mode) {
  anchor_ = position;
  head_ = position;
  mode_ = mode;
  widen(screen);
}

void TerminalSelection::extend(const TerminalScreen& screen, TerminalPosition position) {
  if (!anchor_) return;
  head_ = position;
  widen(screen);
}

void TerminalSelection::selectAll(const TerminalScreen& screen) {
  anchor_ = TerminalPosition{screen.firstLine(), 0};
  head_ = {screen.endLine() - 1, screen.columns()};
  mode_ = Mode::Characters;
  widen(screen);
}

void TerminalSelection::widen(const TerminalScreen& screen) {
  begin_ = std::min(*anchor_, head_);
  end_ = std::max(*anchor_, head_);
  switch (mode_) {
    case Mode::Characters:
      break;
    case Mode::Words: {
      const auto first = screen.line(begin_.line);
      if (isWordCharacter(first.cellText(begin_.column))) begin_.column = wordStart(first, begin_.column);
      end_.column = std::max(wordEnd(screen.line(end_.line), end_.column), end_.column + (begin_ == end_ ? 1 : 0));
      break;
    }
    case Mode::Lines:
      begin_.column = 0;
      end_.column = screen.columns();
      break;
    case Mode::Block:
      begin_.column = std::min(anchor_->column, head_.column);
      end_.column = std::max(anchor_->column, head_.column);
      break;
  }
}

std::pair<int, int> TerminalSelection::columnsOf(qint64 line, int columns) const {
  if (isEmpty() || line < begin_.line || line > end_.line) return {0, 0};
  if (mode_ == Mode::Block) return {begin_.column, end_.column};
  return {line == begin_.line ? begin_.column : 0, line == end_.line ? end_.column : columns};
}

QString TerminalSelection::text(const TerminalScreen& screen) const {
  if (isEmpty()) return {};
  QStringList lines;
  for (auto number = std::max(begin_.line, screen.firstLine()); number <= std::min(end_.line, screen.endLine() - 1); ++number) {
    const auto [from, to] = columnsOf(number, screen.columns());
    lines << screen.line(number).text(from, to);
  }
  while (!lines.isEmpty() && lines.last().isEmpty()) lines.removeLast();
  return lines.join(QLatin1Char('\n'));
}

}  // namespace terrarium
