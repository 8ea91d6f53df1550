// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QStyledItemDelegate>

#include "ui/style/colors.h"

namespace terrarium {

/// Paints the cells of the sandbox list: state pill, tag chips, countdown, CPU sparkline and memory bar.
class SandboxDelegate : public QStyledItemDelegate {
  Q_OBJECT
 public:
  using QStyledItemDelegate::QStyledItemDelegate;
  static constexpr int kRowHeight = 38;

  void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
  [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

 private:
  static void paintText(QPainter* painter, const QRect& area, const QString& text, const QColor& ink, bool strong);
  static void paintTags(QPainter* painter, const QRect& area, const QStringList& tags, const Colors& colors);
  static void paintCpu(QPainter* painter, const QRect& area, const QModelIndex& index, const Colors& colors, const QColor& ink);
  static void paintMemory(QPainter* painter, const QRect& area, const QModelIndex& index, const Colors& colors, const QColor& ink);
  static void paintDeadline(QPainter* painter, const QRect& area, const QModelIndex& index, const Colors& colors,
                            const QColor& ink);
};

}  // namespace terrarium
