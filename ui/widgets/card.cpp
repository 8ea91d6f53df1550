// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/widgets/card.h"

#include <QGridLayout>
#include <QLabel>
#include <QVBoxLayout>

#include "ui/style/metrics.h"
#include "ui/widgets/copybutton.h"

namespace terrarium {

Card::Card(const QString& title, QWidget* parent) : QFrame(parent), body_(new QVBoxLayout(this)) {
  setProperty("role", QStringLiteral("card"));
  setAccessibleName(title);
  body_->setContentsMargins(space::kLarge, space::kMedium, space::kLarge, space::kMedium);
  body_->setSpacing(space::kSmall);
  auto* heading = new QLabel(title, this);
  setTextStyle(heading, TextStyle::Heading);
  body_->addWidget(heading);
}

QLabel* Card::addFact(const QString& label, bool copyable) {
  if (!facts_) {
    facts_ = new QGridLayout;
    facts_->setHorizontalSpacing(space::kMedium);
    facts_->setVerticalSpacing(space::kTight);
    facts_->setColumnStretch(1, 1);
    body_->addLayout(facts_);
  }
  const int row = facts_->rowCount();
  auto* name = new QLabel(label, this);
  setStyleProperty(name, "tone", QStringLiteral("muted"));
  auto* value = new QLabel(this);
  value->setTextFormat(Qt::PlainText);
  value->setTextInteractionFlags(Qt::TextSelectableByMouse);
  value->setWordWrap(true);
  value->setMinimumHeight(24);
  value->setAlignment(Qt::AlignLeft | Qt::AlignVCenter);
  value->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
  name->setFixedHeight(24);
  facts_->addWidget(name, row, 0, Qt::AlignTop);
  facts_->addWidget(value, row, 1);
  if (copyable) {
    auto* copy = new CopyButton(label, this);
    copy->setFixedSize(24, 24);
    facts_->addWidget(copy, row, 2, Qt::AlignTop);
    value->setBuddy(copy);
  }
  return value;
}

void Card::setFact(QLabel* fact, const QString& value) {
  if (fact->text() != value) fact->setText(value);
  if (auto* copy = qobject_cast<CopyButton*>(fact->buddy())) {
    copy->setContent(value);
    copy->setVisible(!value.isEmpty());
  }
}

}  // namespace terrarium
