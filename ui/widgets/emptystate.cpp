// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/widgets/emptystate.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

#include "ui/style/icons.h"
#include "ui/style/metrics.h"

namespace terrarium {

EmptyState::EmptyState(QWidget* parent)
    : QWidget(parent),
      icon_(new QLabel(this)),
      title_(new QLabel(this)),
      sentence_(new QLabel(this)),
      button_(new QPushButton(this)) {
  setTextStyle(title_, TextStyle::Title);
  setStyleProperty(sentence_, "tone", QStringLiteral("muted"));
  setStyleProperty(button_, "role", QStringLiteral("primary"));
  sentence_->setWordWrap(true);
  sentence_->setAlignment(Qt::AlignHCenter | Qt::AlignTop);
  sentence_->setMaximumWidth(460);
  sentence_->setMinimumWidth(300);
  auto* column = new QVBoxLayout(this);
  column->setSpacing(space::kSmall);
  column->addStretch(2);
  column->addWidget(icon_, 0, Qt::AlignHCenter);
  column->addSpacing(space::kTight);
  column->addWidget(title_, 0, Qt::AlignHCenter);
  // No alignment: only then the height that its width needs is kept. The stretches centre it.
  auto* line = new QHBoxLayout;
  line->addStretch(1);
  line->addWidget(sentence_, 100);
  line->addStretch(1);
  column->addLayout(line);
  column->addSpacing(space::kSmall);
  column->addWidget(button_, 0, Qt::AlignHCenter);
  column->addStretch(3);
  button_->hide();
  connect(button_, &QPushButton::clicked, this, &EmptyState::buttonPressed);
}

void EmptyState::setContent(const QString& icon, const QString& title, const QString& sentence, const QString& button) {
  iconName_ = icon;
  drawIcon();
  title_->setText(title);
  sentence_->setText(sentence);
  sentence_->setVisible(!sentence.isEmpty());
  button_->setText(button);
  button_->setVisible(!button.isEmpty());
}

QString EmptyState::sentence() const { return sentence_->text(); }

void EmptyState::drawIcon() {
  if (iconName_.isEmpty()) return;
  icon_->setPixmap(symbolPixmap(iconName_, Colors::of(palette()).textMuted, QSize(40, 40), devicePixelRatioF()));
}

void EmptyState::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::PaletteChange) drawIcon();
}

}  // namespace terrarium
