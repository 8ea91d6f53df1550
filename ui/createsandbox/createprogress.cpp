// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/createsandbox/createprogress.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QListWidget>
#include <QProgressBar>

#include "ui/style/icons.h"
#include "ui/style/metrics.h"
#include "ui/widgets/humantext.h"

namespace terrarium {

CreateProgress::CreateProgress(QWidget* parent)
    : QWidget(parent),
      phase_(new QLabel(this)),
      elapsed_(new QLabel(this)),
      bar_(new QProgressBar(this)),
      stages_(new QListWidget(this)),
      log_(new QLabel(this)) {
  setTextStyle(phase_, TextStyle::Title);
  setTextStyle(elapsed_, TextStyle::Caption);
  setTextStyle(log_, TextStyle::Caption);
  log_->setFont(textFont(TextStyle::Mono));
  log_->setTextFormat(Qt::PlainText);
  log_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
  bar_->setTextVisible(false);
  bar_->setRange(0, 1000);
  bar_->setAccessibleName(tr("Progress"));
  stages_->setAccessibleName(tr("Stages"));
  stages_->setSelectionMode(QAbstractItemView::NoSelection);
  auto* top = new QHBoxLayout;
  top->addWidget(phase_, 1);
  top->addWidget(elapsed_);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(space::kTight, 0, space::kTight, 0);
  column->setSpacing(space::kMedium);
  column->addLayout(top);
  column->addWidget(bar_);
  column->addWidget(stages_, 1);
  column->addWidget(log_);
  tick_.setInterval(250);
  connect(&tick_, &QTimer::timeout, this, [this] { elapsed_->setText(elapsedText(std::chrono::milliseconds(clock_.elapsed()))); });
}

void CreateProgress::begin(const QString& phase) {
  phase_->setText(phase);
  stages_->clear();
  log_->clear();
  bar_->setValue(0);
  elapsed_->setText(elapsedText({}));
  clock_.start();
  tick_.start();
}

void CreateProgress::show(const QString& phase, const QString& stage, double fraction, const QString& logLine) {
  if (phase != phase_->text()) {
    phase_->setText(phase);
    for (int i = 0; i < stages_->count(); ++i) stages_->item(i)->setIcon(symbolIcon(QStringLiteral("check"), Tone::Good));
  }
  if (!logLine.isEmpty()) log_->setText(logLine);
  if (fraction >= 0) bar_->setValue(qRound(fraction * 1000));
  const int last = stages_->count() - 1;
  if (stage.isEmpty() || (last >= 0 && stages_->item(last)->text() == stage)) return;
  if (last >= 0) stages_->item(last)->setIcon(symbolIcon(QStringLiteral("check"), Tone::Good));
  stages_->addItem(new QListWidgetItem(symbolIcon(QStringLiteral("loader-circle"), Tone::Info), stage));
  stages_->scrollToBottom();
}

void CreateProgress::end() { tick_.stop(); }

QStringList CreateProgress::stages() const {
  QStringList texts;
  for (int i = 0; i < stages_->count(); ++i) texts << stages_->item(i)->text();
  return texts;
}

}  // namespace terrarium
