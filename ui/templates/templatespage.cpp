// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/templates/templatespage.h"

#include <QGridLayout>
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
constexpr int kCardWidth = 620;
constexpr int kTwoColumns = 900;
}  // namespace

TemplatesPage::TemplatesPage(Facade& facade, TemplateModel& model, ToastArea& toasts, QWidget* parent)
    : QWidget(parent), facade_(facade), model_(model), toasts_(toasts), cards_(nullptr) {
  auto* title = new QLabel(tr("Templates"), this);
  setTextStyle(title, TextStyle::Title);
  auto* content = new QWidget(this);
  content->setMaximumWidth(2 * kCardWidth);
  cards_ = new QGridLayout(content);
  cards_->setContentsMargins(0, 0, space::kWide, space::kWide);
  cards_->setSpacing(space::kMedium);
  auto* scroll = new QScrollArea(this);
  scroll->setWidgetResizable(true);
  scroll->setFrameShape(QFrame::NoFrame);
  scroll->setWidget(content);
  scroll->setAccessibleName(tr("Templates"));
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(space::kWide, space::kWide, 0, 0);
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
    byId_.insert(toText(info->id), card);
    connect(card, &TemplateCard::buildRequested, this, [this, name] { build(name); });
    connect(card, &TemplateCard::createRequested, this, [this, name] { emit createRequested(name); });
    connect(card, &TemplateCard::cancelRequested, this, [this, name] {
      const auto ref = TemplateRef::parse(name.toStdString());
      if (ref) whenDone(facade_.templates().cancelBuild(*ref), this, [](const Result<void>&) {});
    });
  }
  columns_ = 0;
  arrange();
  refresh();
}

void TemplatesPage::arrange() {
  const int columns = width() < kTwoColumns ? 1 : 2;
  if (columns == columns_) return;
  columns_ = columns;
  while (QLayoutItem* item = cards_->takeAt(0)) delete item;
  for (int row = 0; row < model_.rowCount(); ++row) {
    cards_->addWidget(byId_.value(toText(model_.at(row)->id)), row / columns, row % columns, Qt::AlignTop);
  }
  for (int i = 0; i < cards_->rowCount(); ++i) cards_->setRowStretch(i, 0);
  cards_->setRowStretch(model_.rowCount(), 1);
  cards_->setColumnStretch(0, 1);
  cards_->setColumnStretch(1, columns - 1);
}

void TemplatesPage::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  arrange();
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
