// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/templates/templatecard.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPlainTextEdit>
#include <QProgressBar>
#include <QPushButton>

#include "ui/sandboxes/statelook.h"
#include "ui/style/metrics.h"
#include "ui/templates/templatemodel.h"
#include "ui/widgets/humantext.h"
#include "ui/widgets/statuspill.h"

namespace terrarium {

namespace {
constexpr int kMostLogLines = 1000;

QLabel* plainLabel(QWidget* parent, TextStyle style) {
  auto* label = new QLabel(parent);
  label->setTextFormat(Qt::PlainText);
  label->setWordWrap(true);
  setTextStyle(label, style);
  return label;
}
}  // namespace

TemplateCard::TemplateCard(QWidget* parent)
    : QFrame(parent),
      name_(plainLabel(this, TextStyle::Strong)),
      description_(plainLabel(this, TextStyle::Body)),
      facts_(plainLabel(this, TextStyle::Caption)),
      problem_(plainLabel(this, TextStyle::Body)),
      stage_(plainLabel(this, TextStyle::Caption)),
      pill_(new StatusPill(this)),
      progress_(new QProgressBar(this)),
      log_(new QPlainTextEdit(this)),
      build_(new QPushButton(this)),
      cancel_(new QPushButton(tr("Cancel"), this)),
      create_(new QPushButton(tr("New sandbox"), this)) {
  setProperty("role", QStringLiteral("card"));
  problem_->setProperty("tone", QStringLiteral("danger"));
  log_->setReadOnly(true);
  log_->setMaximumBlockCount(kMostLogLines);
  log_->setFont(textFont(TextStyle::Mono));
  log_->setFixedHeight(140);
  progress_->setTextVisible(false);
  auto* head = new QHBoxLayout;
  head->addWidget(name_, 1);
  head->addWidget(pill_);
  auto* buttons = new QHBoxLayout;
  buttons->addWidget(stage_, 1);
  buttons->addStretch(1);
  for (auto* button : {cancel_, build_, create_}) buttons->addWidget(button);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(space::kLarge, space::kMedium, space::kLarge, space::kMedium);
  layout->setSpacing(space::kSmall);
  layout->addLayout(head);
  for (auto* label : {description_, facts_, problem_}) layout->addWidget(label);
  layout->addWidget(progress_);
  layout->addWidget(log_);
  layout->addLayout(buttons);
  log_->hide();
  setBusy(false);
  connect(build_, &QPushButton::clicked, this, &TemplateCard::buildRequested);
  connect(cancel_, &QPushButton::clicked, this, &TemplateCard::cancelRequested);
  connect(create_, &QPushButton::clicked, this, &TemplateCard::createRequested);
}

void TemplateCard::setBusy(bool busy) {
  progress_->setVisible(busy);
  stage_->setVisible(busy);
  cancel_->setVisible(busy);
  build_->setVisible(!busy);
}

void TemplateCard::show(const TemplateInfo& info) {
  const auto name = toText(info.name);
  name_->setText(name);
  description_->setText(toText(info.description));
  description_->setVisible(!info.description.empty());
  QStringList facts{machineSizeText(info.size)};
  if (info.sizeBytes > 0) facts << tr("%1 on disk").arg(bytesText(info.sizeBytes));
  if (info.builtAt) facts << tr("built %1").arg(absoluteText(*info.builtAt));
  facts_->setText(facts.join(QStringLiteral("  ·  ")));
  problem_->setText(toText(info.problem));
  problem_->setVisible(!info.problem.empty() && info.status != TemplateStatus::Building);
  const auto look = lookOf(info.status);
  pill_->setStatus(look.icon, look.word, look.tone);
  build_->setText(info.status == TemplateStatus::Ready ? tr("Rebuild") : tr("Build"));
  build_->setAccessibleName(tr("Build %1").arg(name));
  cancel_->setAccessibleName(tr("Cancel the build of %1").arg(name));
  create_->setAccessibleName(tr("New sandbox from %1").arg(name));
  log_->setAccessibleName(tr("Build log of %1").arg(name));
  progress_->setAccessibleName(tr("Build progress of %1").arg(name));
  // A rebuild of what is ready is the engine's matter: it happens by itself when something changed.
  setBusy(info.status == TemplateStatus::Building);
  build_->setVisible(info.status != TemplateStatus::Building && info.status != TemplateStatus::Ready);
  create_->setVisible(info.status == TemplateStatus::Ready);
}

void TemplateCard::showProgress(const OperationProgress& progress) {
  if (progress.finished) {
    log_->setVisible(progress.error.has_value() && !log_->document()->isEmpty());
    return;
  }
  if (!progress.logLine.empty()) {
    log_->show();
    log_->appendPlainText(toText(progress.logLine));
  }
  if (progress.stage.empty()) return;
  stage_->setText(tr("%1 (%2 of %3), %4")
                      .arg(toText(progress.stage))
                      .arg(progress.stageIndex + 1)
                      .arg(progress.stageCount)
                      .arg(elapsedText(std::chrono::milliseconds(progress.elapsedMs))));
  progress_->setRange(0, progress.stageCount * 100);
  progress_->setValue(progress.stageIndex * 100 + static_cast<int>(progress.fraction.value_or(0) * 100));
}

}  // namespace terrarium
