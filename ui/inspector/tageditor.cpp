// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/inspector/tageditor.h"

#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

#include "ui/style/icons.h"
#include "ui/style/metrics.h"
#include "ui/widgets/flowlayout.h"
#include "ui/widgets/humantext.h"

namespace terrarium {

TagEditor::TagEditor(QWidget* parent)
    : QWidget(parent), chips_(new QWidget(this)), line_(new QLineEdit(this)), problem_(new QLabel(this)) {
  new FlowLayout(space::kTight, chips_);
  line_->setPlaceholderText(tr("Add key=value"));
  line_->setAccessibleName(tr("Add a tag as key=value"));
  setTextStyle(problem_, TextStyle::Caption);
  setStyleProperty(problem_, "tone", QStringLiteral("danger"));
  problem_->setWordWrap(true);
  problem_->hide();
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(space::kSmall);
  column->addWidget(chips_);
  column->addWidget(line_);
  column->addWidget(problem_);
  connect(line_, &QLineEdit::returnPressed, this, &TagEditor::add);
}

void TagEditor::setTags(const Metadata& metadata) {
  QLayout* flow = chips_->layout();
  if (metadata == metadata_ && flow->count() == static_cast<int>(metadata.entries().size())) return;
  metadata_ = metadata;
  while (QLayoutItem* item = flow->takeAt(0)) {
    item->widget()->deleteLater();
    delete item;
  }
  for (const auto& [key, value] : metadata.entries()) {
    auto* chip = new QPushButton(symbolIcon(QStringLiteral("x"), Tone::Neutral),
                                 QStringLiteral("%1=%2").arg(toText(key), toText(value)), chips_);
    chip->setToolTip(tr("Remove this tag"));
    chip->setAccessibleName(tr("Remove tag %1").arg(toText(key)));
    chip->setLayoutDirection(Qt::RightToLeft);
    connect(chip, &QPushButton::clicked, this, [this, key = key] {
      Metadata::Entries entries = metadata_.entries();
      entries.erase(key);
      emit changeRequested(entries);
    });
    flow->addWidget(chip);
    chip->show();
  }
  chips_->setVisible(!metadata.entries().empty());
  chips_->updateGeometry();
}

void TagEditor::setProblem(const QString& problem) {
  problem_->setText(problem);
  problem_->setVisible(!problem.isEmpty());
  if (problem.isEmpty()) line_->clear();
}

void TagEditor::add() {
  const QString text = line_->text().trimmed();
  if (text.isEmpty()) return;
  const qsizetype equals = text.indexOf(QLatin1Char('='));
  Metadata::Entries entries = metadata_.entries();
  entries[text.left(equals).toStdString()] = equals < 0 ? std::string() : text.mid(equals + 1).toStdString();
  emit changeRequested(entries);
}

}  // namespace terrarium
