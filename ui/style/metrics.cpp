// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/style/metrics.h"

#include <QApplication>
#include <QFontDatabase>
#include <QStyle>
#include <QVariant>

namespace terrarium {

namespace {

double factor(TextStyle style) {
  switch (style) {
    case TextStyle::Caption:
      return 0.92;
    case TextStyle::Body:
    case TextStyle::Strong:
      return 1.0;
    case TextStyle::Mono:
      return 0.96;
    case TextStyle::Heading:
      return 1.1;
    case TextStyle::Title:
      return 1.35;
    case TextStyle::Display:
      return 1.6;
  }
  return 1.0;
}

}  // namespace

QFont textFont(TextStyle style) {
  const QFont base = QApplication::font();
  QFont font = style == TextStyle::Mono ? QFontDatabase::systemFont(QFontDatabase::FixedFont) : base;
  font.setPointSizeF(base.pointSizeF() * factor(style));
  if (style != TextStyle::Caption && style != TextStyle::Body && style != TextStyle::Mono) font.setWeight(QFont::DemiBold);
  return font;
}

void setTextStyle(QWidget* widget, TextStyle style) {
  widget->setFont(textFont(style));
  if (style == TextStyle::Caption) setStyleProperty(widget, "tone", QStringLiteral("muted"));
}

void setStyleProperty(QWidget* widget, const char* property, const QString& value) {
  if (widget->property(property).toString() == value) return;
  widget->setProperty(property, value);
  widget->style()->unpolish(widget);
  widget->style()->polish(widget);
  widget->update();
}

}  // namespace terrarium
