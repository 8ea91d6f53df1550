// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QWidget>

#include "ui/style/colors.h"

class QPainter;

namespace terrarium {

/// A rounded mark of icon, word and colour; the word carries the meaning for those who see no colours.
class StatusPill : public QWidget {
  Q_OBJECT
 public:
  explicit StatusPill(QWidget* parent = nullptr);
  void setStatus(const QString& icon, const QString& word, Tone tone);
  [[nodiscard]] QSize sizeHint() const override;
  [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

  /// The same mark for delegates: left-aligned and vertically centred in `area`.
  static void paint(QPainter* painter, const QRect& area, const QString& icon, const QString& word, Tone tone,
                    const Colors& colors);
  [[nodiscard]] static QSize sizeFor(const QString& word, const QFont& font);

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  QString icon_;
  QString word_;
  Tone tone_ = Tone::Neutral;
};

}  // namespace terrarium
