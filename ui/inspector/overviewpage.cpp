// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/inspector/overviewpage.h"

#include <QGroupBox>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include "ui/createsandbox/durationedit.h"
#include "ui/inspector/factlist.h"
#include "ui/sandboxes/sandboxactions.h"
#include "ui/style/metrics.h"
#include "ui/templates/templatemodel.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/humantext.h"
#include "ui/widgets/keyvaluetable.h"

namespace terrarium {

namespace {
QString listText(const std::vector<std::string>& entries) {
  QStringList texts;
  for (const auto& entry : entries) texts << toText(entry);
  return texts.join(QStringLiteral(", "));
}

QLabel* errorLabel(QWidget* parent) {
  auto* label = new QLabel(parent);
  label->setTextFormat(Qt::PlainText);
  label->setProperty("role", QStringLiteral("error"));
  label->setWordWrap(true);
  label->hide();
  return label;
}
}  // namespace

OverviewPage::OverviewPage(SandboxModel& model, SandboxActions& actions, QWidget* parent)
    : QScrollArea(parent), model_(model), actions_(actions) {
  setWidgetResizable(true);
  setFrameShape(QFrame::NoFrame);
  setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  auto* content = new QWidget(this);
  auto* layout = new QVBoxLayout(content);
  layout->setContentsMargins(space::kLarge, space::kLarge, space::kLarge, space::kLarge);
  layout->setSpacing(space::kLarge);
  problem_ = new Banner(Banner::Kind::Danger, QStringLiteral("circle-alert"), content);
  problem_->hide();
  layout->addWidget(problem_);
  facts_ = new FactList(content);
  facts_->add(QStringLiteral("id"), tr("Id"), true);
  facts_->add(QStringLiteral("template"), tr("Template"));
  facts_->add(QStringLiteral("size"), tr("Shape"));
  facts_->add(QStringLiteral("created"), tr("Created"));
  facts_->add(QStringLiteral("deadline"), tr("Destroyed at"));
  facts_->add(QStringLiteral("autodelete"), tr("When paused"));
  facts_->add(QStringLiteral("cpu"), tr("CPU"));
  facts_->add(QStringLiteral("memory"), tr("Memory"));
  facts_->add(QStringLiteral("cost"), tr("Costs this machine"));
  facts_->add(QStringLiteral("disk"), tr("Disk"));
  facts_->add(QStringLiteral("ports"), tr("Listening ports"));
  facts_->add(QStringLiteral("allow"), tr("May reach"));
  facts_->add(QStringLiteral("deny"), tr("May not reach"));
  facts_->add(QStringLiteral("secrets"), tr("Secrets"));
  facts_->add(QStringLiteral("snapshot"), tr("Snapshot"), true);
  facts_->add(QStringLiteral("isolation"), tr("Isolation"));
  layout->addWidget(facts_);
  layout->addWidget(buildTags());
  layout->addWidget(buildLifetime());
  layout->addStretch(1);
  setWidget(content);
}

QWidget* OverviewPage::buildTags() {
  auto* box = new QGroupBox(tr("Tags"), this);
  auto* layout = new QVBoxLayout(box);
  tags_ = new KeyValueTable(tr("Tags"), tr("Key"), tr("Value"), box);
  tags_->setMinimumHeight(120);
  tagsError_ = errorLabel(box);
  saveTags_ = new QPushButton(tr("Save tags"), box);
  layout->addWidget(tags_);
  layout->addWidget(tagsError_);
  layout->addWidget(saveTags_, 0, Qt::AlignRight);
  connect(saveTags_, &QPushButton::clicked, this, &OverviewPage::saveTags);
  return box;
}

QWidget* OverviewPage::buildLifetime() {
  auto* box = new QGroupBox(tr("Hard lifetime"), this);
  auto* layout = new QVBoxLayout(box);
  lifetime_ = new DurationEdit(tr("Hard lifetime"), tr("Destroy it, counted from its creation, after"),
                               DurationEdit::Meaning::Lifetime, box);
  lifetimeError_ = errorLabel(box);
  saveLifetime_ = new QPushButton(tr("Save lifetime"), box);
  layout->addWidget(lifetime_);
  layout->addWidget(lifetimeError_);
  layout->addWidget(saveLifetime_, 0, Qt::AlignRight);
  connect(saveLifetime_, &QPushButton::clicked, this, &OverviewPage::saveLifetime);
  return box;
}

void OverviewPage::show(const QString& id) {
  if (id == id_) return refresh();
  id_ = id;
  tagsError_->hide();
  lifetimeError_->hide();
  if (const auto* info = model_.find(id_)) loadEditors(*info);
  refresh();
}

void OverviewPage::refresh() {
  const auto* info = model_.find(id_);
  if (!info) return;
  problem_->setText(toText(info->problem));
  problem_->setVisible(!info->problem.empty());
  fillFacts(*info);
  fillUsage(*info);
  refreshButtons();
}

void OverviewPage::refreshButtons() {
  const auto* info = model_.find(id_);
  const bool editable = info && isAllowed(SandboxAction::UpdateMetadata, info->state);
  saveTags_->setEnabled(editable);
  saveLifetime_->setEnabled(editable);
}

void OverviewPage::fillFacts(const SandboxInfo& info) {
  facts_->set(QStringLiteral("id"), toText(info.id.value()));
  facts_->set(QStringLiteral("template"), toText(info.templateName));
  facts_->set(QStringLiteral("size"), machineSizeText(info.size));
  facts_->set(QStringLiteral("created"), absoluteText(info.createdAt));
  const auto deadline = info.deadline();
  const auto now = std::chrono::system_clock::now();
  facts_->set(
      QStringLiteral("deadline"),
      deadline ? tr("%1 (%2)").arg(absoluteText(*deadline), remainingText(secondsBetween(now, *deadline))) : tr("Never by itself"));
  facts_->set(QStringLiteral("autodelete"),
              info.autoDelete ? tr("Deleted after %1").arg(durationText(info.autoDelete->value())) : QString());
  facts_->set(QStringLiteral("allow"), listText(info.egress.allowOut()));
  facts_->set(QStringLiteral("deny"), listText(info.egress.denyOut()));
  QStringList secrets;
  for (const auto& secret : info.secrets) secrets << tr("%1 (as %2)").arg(toText(secret.secretName), toText(secret.envKey));
  facts_->set(QStringLiteral("secrets"), secrets.join(QStringLiteral(", ")));
  facts_->set(QStringLiteral("snapshot"), toText(info.snapshotId));
  facts_->set(QStringLiteral("isolation"),
              info.emulated ? tr("Emulated: not an isolation boundary") : tr("Hardware virtualisation (KVM)"));
}

void OverviewPage::fillUsage(const SandboxInfo& info) {
  const auto* use = info.state == SandboxState::Active ? model_.statistics(id_) : nullptr;
  const auto ofTotal = [](std::int64_t used, std::int64_t total) { return tr("%1 of %2").arg(bytesText(used), bytesText(total)); };
  facts_->set(QStringLiteral("cpu"), use ? tr("%1 % of one core").arg(use->cpuPercent, 0, 'f', 1) : QString());
  facts_->set(QStringLiteral("memory"), use ? ofTotal(use->memoryUsedBytes, use->memoryTotalBytes) : QString());
  facts_->set(QStringLiteral("cost"),
              use && use->hostPssBytes > 0 ? tr("%1 of memory").arg(bytesText(use->hostPssBytes)) : QString());
  facts_->set(QStringLiteral("disk"),
              use && use->diskTotalBytes > 0 ? ofTotal(use->diskUsedBytes, use->diskTotalBytes) : QString());
  QStringList ports;
  if (use) {
    for (const int port : use->listeningPorts) ports << QString::number(port);
  }
  facts_->set(QStringLiteral("ports"), ports.join(QStringLiteral(", ")));
}

void OverviewPage::loadEditors(const SandboxInfo& info) {
  tags_->model().setEntries(info.metadata.entries());
  lifetime_->setStart(std::chrono::duration_cast<std::chrono::seconds>(info.createdAt.time_since_epoch()).count());
  lifetime_->setSeconds(info.timeout ? std::optional<std::int64_t>(info.timeout->value().count()) : std::nullopt);
}

void OverviewPage::saveTags() {
  PatchRequest request;
  request.metadata = tags_->model().entries();
  tagsError_->hide();
  actions_.update(id_, request, [this](const Result<void>& saved) {
    tagsError_->setText(saved ? QString() : toText(saved.error().message));
    tagsError_->setVisible(!saved);
  });
}

void OverviewPage::saveLifetime() {
  PatchRequest request;
  request.timeoutSeconds = Change<std::int64_t>(lifetime_->seconds());
  lifetimeError_->hide();
  actions_.update(id_, request, [this](const Result<void>& saved) {
    lifetimeError_->setText(saved ? QString() : toText(saved.error().message));
    lifetimeError_->setVisible(!saved);
  });
}

}  // namespace terrarium
