// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/terminal/terminalpainter.h"

#include <QFontMetrics>
#include <algorithm>

namespace terrarium {

TerminalPainter::TerminalPainter(const QFont& font) { setFont(font); }

void TerminalPainter::setFont(const QFont& font) {
  font_ = font;
  font_.setStyleHint(QFont::Monospace);
  font_.setFixedPitch(true);
  font_.setKerning(false);
  const QFontMetrics metrics(font_);
  cell_ = QSize(std::max(1, metrics.horizontalAdvance(QLatin1Char('M'))), std::max(1, metrics.height()));
  ascent_ = metrics.ascent();
}

void TerminalPainter::drawLine(QPainter& painter, QPoint origin, const TerminalLine& line, std::pair<int, int> selected) const {
  for (const auto& run : line.runs()) {
    const auto colors = palette_.colors(run.style);
    if (colors.background == palette_.background()) continue;
    painter.fillRect(origin.x() + run.column * cell_.width(), origin.y(), run.columns * cell_.width(), cell_.height(),
                     colors.background);
  }
  if (selected.first < selected.second) {
    painter.fillRect(origin.x() + selected.first * cell_.width(), origin.y(), (selected.second - selected.first) * cell_.width(),
                     cell_.height(), palette_.selection());
  }
  for (const auto& run : line.runs()) drawRun(painter, origin, run);
}

void TerminalPainter::drawRun(QPainter& painter, QPoint origin, const TerminalRun& run) const {
  auto font = font_;
  font.setBold(run.style.bold);
  font.setItalic(run.style.italic);
  painter.setFont(font);
  painter.setPen(palette_.colors(run.style).foreground);
  const int left = origin.x() + run.column * cell_.width();
  const int baseline = origin.y() + ascent_;
  if (run.text.size() == run.columns && QFontMetrics(font).horizontalAdvance(run.text) != run.columns * cell_.width()) {
    // A font whose bold is wider: keep the grid, cell by cell.
    for (int i = 0; i < run.columns; ++i) painter.drawText(left + i * cell_.width(), baseline, run.text.mid(i, 1));
  } else {
    painter.drawText(left, baseline, run.text);
  }
  const int right = left + run.columns * cell_.width() - 1;
  if (run.style.underline > 0) painter.drawLine(left, baseline + 1, right, baseline + 1);
  if (run.style.underline == 2) painter.drawLine(left, baseline + 3, right, baseline + 3);
  if (run.style.strike) painter.drawLine(left, baseline - ascent_ / 3, right, baseline - ascent_ / 3);
}

void TerminalPainter::drawCursor(QPainter& painter, QPoint origin, const TerminalScreen& screen, bool focused) const {
  QRect cell(origin + QPoint(screen.cursor().x() * cell_.width(), screen.cursor().y() * cell_.height()), cell_);
  if (!focused) {
    painter.setPen(palette_.cursor());
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(cell.adjusted(0, 0, -1, -1));
    return;
  }
  switch (screen.cursorShape()) {
    case VTERM_PROP_CURSORSHAPE_UNDERLINE:
      painter.fillRect(cell.adjusted(0, cell.height() - 2, 0, 0), palette_.cursor());
      return;
    case VTERM_PROP_CURSORSHAPE_BAR_LEFT:
      painter.fillRect(cell.x(), cell.y(), 2, cell.height(), palette_.cursor());
      return;
    default:
      break;
  }
  painter.fillRect(cell, palette_.cursor());
  painter.setFont(font_);
  painter.setPen(palette_.background());
  const auto text = screen.line(screen.screenTop() + screen.cursor().y()).cellText(screen.cursor().x());
  painter.drawText(cell.x(), cell.y() + ascent_, text);
}

}  // namespace terrarium
