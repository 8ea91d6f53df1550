// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/style/symboliconengine.h"

#include <QGuiApplication>
#include <QPainter>

#include "ui/style/icons.h"

namespace terrarium {

SymbolIconEngine::SymbolIconEngine(QString name, std::optional<Tone> tone, Ground ground)
    : name_(std::move(name)), tone_(tone), ground_(ground) {}

QColor SymbolIconEngine::colorFor(QIcon::Mode mode) const {
  const Colors& colors = Colors::of(QGuiApplication::palette());
  if (mode == QIcon::Disabled) return colors.textDisabled;
  if (ground_ == Ground::Accent) return colors.onAccent;
  if (tone_) return colors.toneText(*tone_);
  return colors.text;
}

void SymbolIconEngine::paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State) {
  const qreal ratio = painter->device() ? painter->device()->devicePixelRatioF() : 1.0;
  const int side = std::min(rect.width(), rect.height());
  const QRect square(rect.left(), rect.center().y() - (side - 1) / 2, side, side);
  painter->drawPixmap(square, symbolPixmap(name_, colorFor(mode), square.size(), ratio));
}

QPixmap SymbolIconEngine::pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state) {
  return scaledPixmap(size, mode, state, 1.0);
}

QPixmap SymbolIconEngine::scaledPixmap(const QSize& size, QIcon::Mode mode, QIcon::State state, qreal scale) {
  if (size.width() == size.height()) return symbolPixmap(name_, colorFor(mode), size / scale, scale);
  QPixmap pixmap(size);
  pixmap.setDevicePixelRatio(scale);
  pixmap.fill(Qt::transparent);
  QPainter painter(&pixmap);
  paint(&painter, QRect(QPoint(), size / scale), mode, state);
  return pixmap;
}

QIconEngine* SymbolIconEngine::clone() const { return new SymbolIconEngine(*this); }

}  // namespace terrarium
