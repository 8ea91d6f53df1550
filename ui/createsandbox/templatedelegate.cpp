// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/createsandbox/templatedelegate.h"

#include <QPainter>

#include "ui/sandboxes/statelook.h"
#include "ui/style/icons.h"
#include "ui/style/metrics.h"
#include "ui/templates/templatemodel.h"
#include "ui/widgets/statuspill.h"

namespace terrarium {

void TemplateDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const {
  const Colors& colors = Colors::of(option.palette);
  const bool selected = option.state.testFlag(QStyle::State_Selected);
  painter->save();
  painter->setRenderHint(QPainter::Antialiasing);
  const QRect box = option.rect.adjusted(2, 1, -2, -1);
  painter->setPen(selected && option.state.testFlag(QStyle::State_HasFocus) ? QPen(colors.focus, 1.5) : QPen(Qt::NoPen));
  painter->setBrush(selected ? colors.selection : option.state.testFlag(QStyle::State_MouseOver) ? colors.hover : colors.surface);
  painter->drawRoundedRect(box, kRadius, kRadius);
  const QRect glyph(box.left() + space::kMedium, box.center().y() - 11, 22, 22);
  const QColor ink = selected ? colors.onSelection : colors.text;
  painter->drawPixmap(
      glyph, symbolPixmap(selected ? QStringLiteral("circle-check") : QStringLiteral("layers"),
                          selected ? colors.accentText : colors.textMuted, glyph.size(), painter->device()->devicePixelRatioF()));
  const StateLook look = lookOf(static_cast<TemplateStatus>(index.data(TemplateModel::StatusRole).toInt()));
  painter->setFont(textFont(TextStyle::Caption));
  const QSize pill = StatusPill::sizeFor(look.word, painter->font());
  StatusPill::paint(painter, QRect(box.right() - pill.width() - space::kSmall, box.top() + 6, pill.width(), pill.height()),
                    look.icon, look.word, look.tone, colors);
  const QRect text = box.adjusted(22 + 2 * space::kMedium, 8, -space::kSmall, -8);
  painter->setPen(selected ? ink : colors.textMuted);
  const QString size = index.data(TemplateModel::SizeRole).toString();
  const int sizeWidth = painter->fontMetrics().horizontalAdvance(size);
  painter->drawText(text, Qt::AlignRight | Qt::AlignBottom, size);
  painter->drawText(text, Qt::AlignLeft | Qt::AlignBottom,
                    painter->fontMetrics().elidedText(index.data(TemplateModel::DescriptionRole).toString(), Qt::ElideRight,
                                                      text.width() - sizeWidth - space::kMedium));
  painter->setFont(textFont(TextStyle::Strong));
  painter->setPen(ink);
  painter->drawText(text, Qt::AlignLeft | Qt::AlignTop, index.data().toString());
  painter->restore();
}

}  // namespace terrarium
