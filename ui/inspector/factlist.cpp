// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/inspector/factlist.h"

#include <QHBoxLayout>

#include "ui/style/metrics.h"
#include "ui/widgets/copybutton.h"

namespace terrarium {

FactList::FactList(QWidget* parent) : QWidget(parent), form_(new QFormLayout(this)) {
  form_->setContentsMargins(0, 0, 0, 0);
  form_->setHorizontalSpacing(space::kLarge);
  form_->setVerticalSpacing(space::kSmall);
  form_->setLabelAlignment(Qt::AlignLeft | Qt::AlignTop);
  form_->setRowWrapPolicy(QFormLayout::DontWrapRows);
  form_->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
}

void FactList::add(const QString& key, const QString& title, bool copyable) {
  auto* row = new QWidget(this);
  auto* layout = new QHBoxLayout(row);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(space::kTight);
  auto* value = new QLabel(row);
  value->setTextFormat(Qt::PlainText);  // names and messages come from elsewhere
  value->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
  value->setWordWrap(true);
  value->setAccessibleName(title);
  layout->addWidget(value, 1);
  Fact fact{row, value, nullptr};
  if (copyable) {
    fact.copy = new CopyButton(title, row);
    layout->addWidget(fact.copy, 0, Qt::AlignTop);
  }
  auto* label = new QLabel(title, this);
  setTextStyle(label, TextStyle::Caption);
  form_->addRow(label, row);
  facts_.insert(key, fact);
}

void FactList::set(const QString& key, const QString& value, const QString& toolTip) {
  const auto fact = facts_.value(key);
  if (!fact.row) return;
  if (fact.value->text() != value) fact.value->setText(value);
  fact.value->setToolTip(toolTip);
  if (fact.copy) fact.copy->setContent(value);
  form_->setRowVisible(fact.row, !value.isEmpty());
}

QString FactList::value(const QString& key) const {
  const auto fact = facts_.value(key);
  return fact.value ? fact.value->text() : QString();
}

}  // namespace terrarium
