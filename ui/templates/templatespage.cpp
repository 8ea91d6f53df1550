// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/templates/templatespage.h"

#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

#include "ui/style/metrics.h"
#include "ui/templates/templatecard.h"
#include "ui/widgets/humantext.h"
#include "ui/widgets/toastarea.h"

namespace terrarium {

namespace {
constexpr int kReadableWidth = 760;
}

TemplatesPage::TemplatesPage(Facade& facade, TemplateModel& model, ToastArea& toasts, QWidget* parent)
    : QWidget(parent), facade_(facade), model_(model), toasts_(toasts), cards_(nullptr) {
  auto* title = new QLabel(tr("Templates"), this);
  setTextStyle(title, TextStyle::Title);
  auto* content = new QWidget(this);
  content->setMaximumWidth(kReadableWidth);
  cards_ = new QVBoxLayout(content);
  cards_->setSpacing(space::kMedium);
  cards_->addStretch(1);
  auto* scroll = new QScrollArea(this);
  scroll->setWidgetResizable(true);
  scroll->setFrameShape(QFrame::NoFrame);
  scroll->setWidget(content);
  scroll->setAccessibleName(tr("Templates"));
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(space::kWide, space::kWide, space::kWide, 0);
  layout->setSpacing(space::kLarge);
  layout->addWidget(title);
  layout->addWidget(scroll, 1);
  connect(&model_, &TemplateModel::modelReset, this, &TemplatesPage::rebuild);
  connect(&model_, &TemplateModel::rowsInserted, this, &TemplatesPage::rebuild);
  connect(&model_, &TemplateModel::dataChanged, this, &TemplatesPage::refresh);
  connect(&facade_.events(), &Events::operationProgressed, this, &TemplatesPage::progressed);
  rebuild();
}

void TemplatesPage::rebuild() {
  qDeleteAll(byId_);
  byId_.clear();
  for (int row = 0; row < model_.rowCount(); ++row) {
    const auto* info = model_.at(row);
    const auto name = toText(info->name);
    auto* card = new TemplateCard(this);
    cards_->insertWidget(row, card);
    byId_.insert(toText(info->id), card);
    connect(card, &TemplateCard::buildRequested, this, [this, name] { build(name); });
    connect(card, &TemplateCard::createRequested, this, [this, name] { emit createRequested(name); });
    connect(card, &TemplateCard::cancelRequested, this, [this, name] {
      const auto ref = TemplateRef::parse(name.toStdString());
      if (ref) whenDone(facade_.templates().cancelBuild(*ref), this, [](const Result<void>&) {});
    });
  }
  refresh();
}

void TemplatesPage::refresh() {
  for (int row = 0; row < model_.rowCount(); ++row) {
    const auto* info = model_.at(row);
    if (auto* card = byId_.value(toText(info->id))) card->show(*info);
  }
}

void TemplatesPage::build(const QString& name) {
  const auto ref = TemplateRef::parse(name.toStdString());
  if (!ref) return;
  whenDone(facade_.templates().build(*ref), this, [this, name](const Result<TemplateInfo>& info) {
    if (!info && info.error().code == ErrorCode::Cancelled) return;
    toasts_.post({info ? Tone::Good : Tone::Danger,
                  info ? tr("%1 is ready").arg(name) : tr("%1 could not be built: %2").arg(name, toText(info.error().message))});
  });
}

void TemplatesPage::progressed(const OperationProgress& progress) {
  if (progress.kind != OperationKind::BuildTemplate) return;
  if (auto* card = byId_.value(toText(progress.subjectId))) card->showProgress(progress);
}

}  // namespace terrarium
