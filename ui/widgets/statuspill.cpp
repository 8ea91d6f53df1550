// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/widgets/statuspill.h"

#include <QPainter>

#include "ui/style/icons.h"
#include "ui/style/metrics.h"

namespace terrarium {

namespace {
constexpr int kGlyph = 13;
}

StatusPill::StatusPill(QWidget* parent) : QWidget(parent) {
  setFont(textFont(TextStyle::Caption));
  setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void StatusPill::setStatus(const QString& icon, const QString& word, Tone tone) {
  if (icon == icon_ && word == word_ && tone == tone_) return;
  icon_ = icon, word_ = word, tone_ = tone;
  setAccessibleName(word);
  updateGeometry();
  update();
}

QSize StatusPill::sizeFor(const QString& word, const QFont& font) {
  const QFontMetrics metrics(font);
  return {metrics.horizontalAdvance(word) + kGlyph + 3 * space::kSmall - 4, metrics.height() + 6};
}

QSize StatusPill::sizeHint() const { return sizeFor(word_, font()); }

void StatusPill::paint(QPainter* painter, const QRect& area, const QString& icon, const QString& word, Tone tone,
                       const Colors& colors) {
  const QSize size = sizeFor(word, painter->font());
  const QRect pill(area.left(), area.center().y() - size.height() / 2 + 1, qMin(size.width(), area.width()), size.height());
  painter->save();
  painter->setRenderHint(QPainter::Antialiasing);
  painter->setPen(Qt::NoPen);
  painter->setBrush(colors.toneTint(tone));
  painter->drawRoundedRect(pill, pill.height() / 2.0, pill.height() / 2.0);
  const QColor ink = colors.toneText(tone);
  const QRect glyph(pill.left() + space::kSmall - 1, pill.center().y() - kGlyph / 2, kGlyph, kGlyph);
  painter->drawPixmap(glyph, symbolPixmap(icon, ink, glyph.size(), painter->device()->devicePixelRatioF()));
  painter->setPen(ink);
  painter->drawText(pill.adjusted(glyph.right() - pill.left() + 6, 0, -space::kTight, 0), Qt::AlignVCenter | Qt::AlignLeft, word);
  painter->restore();
}

void StatusPill::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setFont(font());
  paint(&painter, rect(), icon_, word_, tone_, Colors::of(palette()));
}

}  // namespace terrarium
