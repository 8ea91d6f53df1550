// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QIconEngine>
#include <optional>

#include "ui/style/colors.h"

namespace terrarium {

/// Draws one icon of resources/icons in the colour that the application's palette has at that moment; in a size that is no square,
/// at its left. Owned by its QIcon.
class SymbolIconEngine final : public QIconEngine {
 public:
  enum class Ground { Surface, Accent };
  SymbolIconEngine(QString name, std::optional<Tone> tone, Ground ground);

  void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State state) override;
  QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state) override;
  QPixmap scaledPixmap(const QSize& size, QIcon::Mode mode, QIcon::State state, qreal scale) override;
  [[nodiscard]] QIconEngine* clone() const override;

 private:
  [[nodiscard]] QColor colorFor(QIcon::Mode mode) const;
  QString name_;
  std::optional<Tone> tone_;
  Ground ground_;
};

}  // namespace terrarium
