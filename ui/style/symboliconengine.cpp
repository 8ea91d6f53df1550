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
  painter->drawPixmap(rect, symbolPixmap(name_, colorFor(mode), rect.size(), ratio));
}

QPixmap SymbolIconEngine::pixmap(const QSize& size, QIcon::Mode mode, QIcon::State) {
  return symbolPixmap(name_, colorFor(mode), size);
}

QPixmap SymbolIconEngine::scaledPixmap(const QSize& size, QIcon::Mode mode, QIcon::State, qreal scale) {
  return symbolPixmap(name_, colorFor(mode), size / scale, scale);
}

QIconEngine* SymbolIconEngine::clone() const { return new SymbolIconEngine(*this); }

}  // namespace terrarium
