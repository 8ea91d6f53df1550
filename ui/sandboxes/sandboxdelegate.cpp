// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/sandboxes/sandboxdelegate.h"

#include <QPainter>
#include <QPainterPath>

#include "ui/sandboxes/sandboxmodel.h"
#include "ui/sandboxes/statelook.h"
#include "ui/style/icons.h"
#include "ui/style/metrics.h"
#include "ui/widgets/humantext.h"
#include "ui/widgets/statuspill.h"

namespace terrarium {

namespace {
constexpr int kNumberWidth = 44;
}

QSize SandboxDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const {
  QSize size = QStyledItemDelegate::sizeHint(option, index);
  size.setHeight(kRowHeight);
  return size;
}

void SandboxDelegate::paintText(QPainter* painter, const QRect& area, const QString& text, const QColor& ink, bool strong) {
  painter->setFont(textFont(strong ? TextStyle::Strong : TextStyle::Body));
  painter->setPen(ink);
  painter->drawText(area, Qt::AlignVCenter | Qt::AlignLeft, painter->fontMetrics().elidedText(text, Qt::ElideRight, area.width()));
}

void SandboxDelegate::paintTags(QPainter* painter, const QRect& area, const QStringList& tags, const Colors& colors) {
  painter->setFont(textFont(TextStyle::Caption));
  const QFontMetrics metrics = painter->fontMetrics();
  int x = area.left();
  for (qsizetype i = 0; i < tags.size(); ++i) {
    const QString more = QStringLiteral("+%1").arg(tags.size() - i);
    const int reserve = i + 1 < tags.size() ? metrics.horizontalAdvance(more) + space::kSmall : 0;
    const int room = area.right() - x - reserve;
    int width = metrics.horizontalAdvance(tags[i]) + 2 * space::kSmall;
    if (width > room && i > 0) {
      painter->setPen(colors.textMuted);
      painter->drawText(QRect(x, area.top(), area.right() - x, area.height()), Qt::AlignVCenter, more);
      return;
    }
    width = qMin(width, qMax(room, 24));
    const QRect chip(x, area.center().y() - metrics.height() / 2 - 2, width, metrics.height() + 5);
    painter->setPen(Qt::NoPen);
    painter->setBrush(colors.neutralTint);
    painter->drawRoundedRect(chip, 4, 4);
    painter->setPen(colors.text);
    painter->drawText(chip.adjusted(space::kSmall, 0, -space::kTight, 0), Qt::AlignVCenter,
                      metrics.elidedText(tags[i], Qt::ElideRight, width - 2 * space::kSmall + 2));
    x += width + space::kTight;
  }
}

void SandboxDelegate::paintCpu(QPainter* painter, const QRect& area, const QModelIndex& index, const Colors& colors,
                               const QColor& ink) {
  const auto history = index.data(SandboxModel::HistoryRole).value<QList<qreal>>();
  const QRect number(area.right() - kNumberWidth, area.top(), kNumberWidth, area.height());
  painter->setFont(textFont(TextStyle::Body));
  painter->setPen(ink);
  painter->drawText(number, Qt::AlignVCenter | Qt::AlignRight, index.data().toString());
  const QRectF plot = QRectF(area).adjusted(0, 9, -kNumberWidth - 6, -9);
  if (history.size() < 2 || plot.width() < 16) return;
  const qreal top = qMax(100.0, *std::max_element(history.begin(), history.end()));
  const qreal step = plot.width() / (SandboxModel::kHistory - 1);
  QPainterPath line;
  for (qsizetype i = 0; i < history.size(); ++i) {
    const QPointF point(plot.right() - step * static_cast<qreal>(history.size() - 1 - i),
                        plot.bottom() - history[i] / top * plot.height());
    if (i == 0)
      line.moveTo(point);
    else
      line.lineTo(point);
  }
  QPainterPath fill = line;
  fill.lineTo(plot.bottomRight());
  fill.lineTo(line.elementAt(0).x, plot.bottom());
  QColor wash = colors.accent;
  wash.setAlphaF(0.18F);
  painter->fillPath(fill, wash);
  painter->setPen(QPen(colors.accent, 1.4));
  painter->setBrush(Qt::NoBrush);
  painter->drawPath(line);
}

void SandboxDelegate::paintMemory(QPainter* painter, const QRect& area, const QModelIndex& index, const Colors& colors,
                                  const QColor& ink) {
  const QVariant fraction = index.data(SandboxModel::FractionRole);
  paintText(painter, area.adjusted(0, 0, 0, fraction.isValid() ? -9 : 0), index.data().toString(), ink, false);
  if (!fraction.isValid()) return;
  const QRectF track(area.left(), area.bottom() - 9, area.width(), 4);
  painter->setPen(Qt::NoPen);
  painter->setBrush(colors.neutralTint);
  painter->drawRoundedRect(track, 2, 2);
  QRectF used = track;
  used.setWidth(qMax(4.0, track.width() * qMin(1.0, fraction.toDouble())));
  painter->setBrush(fraction.toDouble() > 0.9 ? colors.dangerText : colors.accent);
  painter->drawRoundedRect(used, 2, 2);
}

void SandboxDelegate::paintDeadline(QPainter* painter, const QRect& area, const QModelIndex& index, const Colors& colors,
                                    const QColor& ink) {
  const auto nearness = static_cast<DeadlineNearness>(index.data(SandboxModel::NearnessRole).toInt());
  if (nearness == DeadlineNearness::Far) return paintText(painter, area, index.data().toString(), ink, false);
  const QColor warn = nearness == DeadlineNearness::Imminent ? colors.dangerText : colors.warningText;
  const QRect glyph(area.left(), area.center().y() - 7, 14, 14);
  painter->drawPixmap(glyph, symbolPixmap(QStringLiteral("timer"), warn, glyph.size(), painter->device()->devicePixelRatioF()));
  paintText(painter, area.adjusted(19, 0, 0, 0), index.data().toString(), warn, true);
}

void SandboxDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const {
  const Colors& colors = Colors::of(option.palette);
  const bool selected = option.state.testFlag(QStyle::State_Selected);
  const bool leaving = index.data(SandboxModel::LeavingRole).toBool();
  painter->save();
  painter->setRenderHint(QPainter::Antialiasing);
  painter->fillRect(option.rect, selected                                         ? colors.selection
                                 : option.state.testFlag(QStyle::State_MouseOver) ? colors.hover
                                                                                  : colors.surface);
  painter->setPen(colors.border);
  painter->drawLine(QPointF(option.rect.left(), option.rect.bottom() + 0.5),
                    QPointF(option.rect.right() + 1, option.rect.bottom() + 0.5));
  const QRect area = option.rect.adjusted(space::kSmall, 0, -space::kSmall, 0);
  const QColor ink = leaving ? colors.textMuted : selected ? colors.onSelection : colors.text;
  const QColor soft = selected ? colors.onSelection : colors.textMuted;
  switch (index.column()) {
    case SandboxModel::Name:
      paintText(painter, area, index.data().toString(), ink, true);
      break;
    case SandboxModel::State: {
      StateLook look = lookOf(static_cast<SandboxState>(index.data(SandboxModel::StateRole).toInt()));
      if (leaving) look = {QStringLiteral("hourglass"), index.data().toString(), Tone::Neutral};
      painter->setFont(textFont(TextStyle::Caption));
      StatusPill::paint(painter, area, look.icon, look.word, look.tone, colors);
      break;
    }
    case SandboxModel::Tags:
      paintTags(painter, area, index.data(SandboxModel::TagsRole).toStringList(), colors);
      break;
    case SandboxModel::Deadline:
      paintDeadline(painter, area, index, colors, leaving ? ink : soft);
      break;
    case SandboxModel::Cpu:
      paintCpu(painter, area, index, colors, soft);
      break;
    case SandboxModel::Memory:
      paintMemory(painter, area, index, colors, soft);
      break;
    default:
      paintText(painter, area, index.data().toString(), soft, false);
      break;
  }
  if (option.state.testFlag(QStyle::State_HasFocus)) {
    painter->setBrush(Qt::NoBrush);
    painter->setPen(QPen(colors.focus, 1.5));
    painter->drawRoundedRect(QRectF(option.rect).adjusted(1, 1, -1, -2), 3, 3);
  }
  painter->restore();
}

}  // namespace terrarium
