// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/inspector/overviewpage.h"

#include <QDesktopServices>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

#include "ui/inspector/lifetimedialog.h"
#include "ui/inspector/portlist.h"
#include "ui/inspector/tageditor.h"
#include "ui/sandboxes/sandboxactions.h"
#include "ui/style/icons.h"
#include "ui/style/metrics.h"
#include "ui/templates/templatemodel.h"
#include "ui/widgets/card.h"
#include "ui/widgets/humantext.h"

namespace terrarium {

namespace {

QString joined(const std::vector<std::string>& list) {
  QStringList lines;
  for (const std::string& item : list) lines << toText(item);
  return lines.join(QLatin1Char('\n'));
}

constexpr std::int64_t kExtension = 3600;
constexpr int kThreeColumns = 1020;  // below, a UUID would be cut off

}  // namespace

OverviewPage::OverviewPage(Ports& ports, SandboxModel& model, SandboxActions& actions, QWidget* parent)
    : QScrollArea(parent),
      model_(model),
      actions_(actions),
      canvas_(new QWidget(this)),
      columns_(new QBoxLayout(QBoxLayout::LeftToRight, canvas_)) {
  setWidgetResizable(true);
  setFrameShape(QFrame::NoFrame);
  setFocusPolicy(Qt::NoFocus);
  columns_->setContentsMargins(space::kMedium, space::kMedium, space::kMedium, space::kMedium);
  columns_->setSpacing(space::kMedium);
  buildIdentity();
  buildLifetime();
  buildCost();
  buildPorts(ports);
  buildNetwork();
  // The identity needs the width of a UUID.
  const std::pair<QList<Card*>, int> groups[] = {{{identity_}, 4}, {{lifetime_, ports_, tags_}, 3}, {{cost_, network_}, 3}};
  for (const auto& [cards, share] : groups) {
    auto* column = new QVBoxLayout;
    column->setSpacing(space::kMedium);
    for (Card* card : cards) column->addWidget(card);
    column->addStretch(1);
    columns_->addLayout(column, share);
  }
  setWidget(canvas_);
}

void OverviewPage::buildIdentity() {
  identity_ = new Card(tr("Sandbox"), canvas_);
  identityLabel_ = identity_->addFact(tr("Identity"), true);
  template_ = identity_->addFact(tr("Template"), true);
  size_ = identity_->addFact(tr("Size"));
  isolation_ = identity_->addFact(tr("Isolation"));
  created_ = identity_->addFact(tr("Created"));
  snapshot_ = identity_->addFact(tr("Snapshot"), true);
  secrets_ = identity_->addFact(tr("Secrets"));
  problem_ = identity_->addFact(tr("Problem"), true);
}

void OverviewPage::buildLifetime() {
  lifetime_ = new Card(tr("Lifetime"), canvas_);
  deadline_ = lifetime_->addFact(tr("Deadline"));
  remaining_ = lifetime_->addFact(tr("Remaining"));
  autoDelete_ = lifetime_->addFact(tr("When paused"));
  extend_ = new QPushButton(tr("Extend by 1 hour"), lifetime_);
  edit_ = new QPushButton(tr("Change…"), lifetime_);
  setLeadingIcon(extend_, symbolIcon(QStringLiteral("clock")));
  setLeadingIcon(edit_, symbolIcon(QStringLiteral("pencil")));
  edit_->setAccessibleName(tr("Change lifetime"));
  connect(extend_, &QPushButton::clicked, this, &OverviewPage::extend);
  connect(edit_, &QPushButton::clicked, this, &OverviewPage::editLifetime);
  auto* row = new QHBoxLayout;
  row->addWidget(extend_);
  row->addWidget(edit_);
  row->addStretch(1);
  lifetimeProblem_ = new QLabel(lifetime_);
  lifetimeProblem_->setWordWrap(true);
  lifetimeProblem_->hide();
  setTextStyle(lifetimeProblem_, TextStyle::Caption);
  setStyleProperty(lifetimeProblem_, "tone", QStringLiteral("danger"));
  lifetime_->body()->addLayout(row);
  lifetime_->body()->addWidget(lifetimeProblem_);
  tags_ = new Card(tr("Tags"), canvas_);
  tagEditor_ = new TagEditor(tags_);
  tags_->body()->addWidget(tagEditor_);
  connect(tagEditor_, &TagEditor::changeRequested, this, [this](const Metadata::Entries& entries) {
    PatchRequest request;
    request.metadata = entries;
    actions_.update(id_, request,
                    [this](const Result<void>& done) { tagEditor_->setProblem(done ? QString() : toText(done.error().message)); });
  });
}

void OverviewPage::buildCost() {
  cost_ = new Card(tr("What it uses"), canvas_);
  cpu_ = cost_->addFact(tr("CPU"));
  memoryUsed_ = cost_->addFact(tr("Memory inside"));
  memoryCost_ = cost_->addFact(tr("Costs this machine"));
  diskUsed_ = cost_->addFact(tr("Disk inside"));
  processes_ = cost_->addFact(tr("Processes"));
}

void OverviewPage::buildPorts(Ports& ports) {
  ports_ = new Card(tr("Listening ports"), canvas_);
  portList_ = new PortList(ports, ports_);
  ports_->body()->addWidget(portList_);
  connect(portList_, &PortList::openRequested, this, [](const QUrl& address) { QDesktopServices::openUrl(address); });
}

void OverviewPage::buildNetwork() {
  network_ = new Card(tr("Network rules"), canvas_);
  allowed_ = network_->addFact(tr("Allowed"));
  denied_ = network_->addFact(tr("Denied"));
  network_->setFact(network_->addFact(tr("Always blocked")), tr("Private ranges and this machine"));
}

void OverviewPage::forgetPorts() { portList_->forget(); }

void OverviewPage::show(const QString& id) {
  if (id != id_) tagEditor_->setProblem({});
  id_ = id;
  refresh();
}

void OverviewPage::refresh() {
  const SandboxInfo* info = model_.find(id_);
  if (!info) return;
  fillIdentity(*info);
  fillLifetime(*info);
  fillNetwork(*info);
  fillCost(*info);
  tagEditor_->setTags(info->metadata);
  const bool alive = isAllowed(SandboxAction::UpdateMetadata, info->state) && !model_.isLeaving(id_);
  for (QWidget* widget : std::initializer_list<QWidget*>{extend_, edit_, tagEditor_}) widget->setEnabled(alive);
}

void OverviewPage::fillIdentity(const SandboxInfo& info) {
  identity_->setFact(identityLabel_, toText(info.id.value()));
  identity_->setFact(template_, toText(info.templateName));
  identity_->setFact(size_, machineSizeText(info.size));
  identity_->setFact(isolation_, info.emulated ? tr("Emulated: not an isolation boundary") : tr("Hardware virtualisation (KVM)"));
  setStyleProperty(isolation_, "tone", info.emulated ? QStringLiteral("warning") : QString());
  identity_->setFact(created_, absoluteText(info.createdAt));
  identity_->setFact(snapshot_, toText(info.snapshotId));
  if (info.snapshotId.empty()) snapshot_->setText(tr("none yet"));
  QStringList secrets;
  for (const SecretBindingInfo& binding : info.secrets)
    secrets << tr("%1 (as %2)").arg(toText(binding.secretName), toText(binding.envKey));
  identity_->setFact(secrets_, secrets.isEmpty() ? tr("none") : secrets.join(QLatin1Char('\n')));
  identity_->setFact(problem_, toText(info.problem));
  if (info.problem.empty()) problem_->setText(tr("none"));
  setStyleProperty(problem_, "tone", info.problem.empty() ? QString() : QStringLiteral("danger"));
}

void OverviewPage::fillLifetime(const SandboxInfo& info) {
  const auto deadline = info.deadline();
  lifetime_->setFact(deadline_, deadline ? absoluteText(*deadline) : tr("none: lives until it is deleted"));
  lifetime_->setFact(autoDelete_,
                     info.autoDelete ? tr("deleted after %1").arg(durationText(info.autoDelete->value())) : tr("kept"));
  extend_->setVisible(deadline.has_value());
  if (!deadline) {
    setStyleProperty(remaining_, "tone", QString());
    return lifetime_->setFact(remaining_, tr("unlimited"));
  }
  const auto left = secondsBetween(std::chrono::system_clock::now(), *deadline);
  lifetime_->setFact(remaining_, remainingText(left));
  const auto nearness = deadlineNearness(left, info.timeout->value());
  setStyleProperty(remaining_, "tone",
                   nearness == DeadlineNearness::Imminent ? QStringLiteral("danger")
                   : nearness == DeadlineNearness::Near   ? QStringLiteral("warning")
                                                          : QString());
}

void OverviewPage::fillNetwork(const SandboxInfo& info) {
  const bool allows = !info.egress.allowOut().empty(), denies = !info.egress.denyOut().empty();
  network_->setFact(allowed_, allows ? joined(info.egress.allowOut()) : tr("the internet"));
  network_->setFact(denied_, denies ? joined(info.egress.denyOut()) : allows ? tr("everything else") : tr("nothing more"));
}

void OverviewPage::fillCost(const SandboxInfo& info) {
  const QString none = QStringLiteral("–");
  const SandboxStatistics* s = info.state == SandboxState::Active ? model_.statistics(id_) : nullptr;
  const auto ofTotal = [](std::int64_t used, std::int64_t total) { return tr("%1 of %2").arg(bytesText(used), bytesText(total)); };
  cost_->setFact(cpu_, s ? tr("%1 % of one core").arg(qRound(s->cpuPercent)) : none);
  cost_->setFact(memoryUsed_, s ? ofTotal(s->memoryUsedBytes, s->memoryTotalBytes) : none);
  // A paused sandbox is a snapshot on disk; it holds no memory.
  const QString idle = info.state == SandboxState::Paused ? tr("no memory while paused") : none;
  cost_->setFact(memoryCost_,
                 s && s->hostPssBytes > 0
                     ? tr("%1 of %2 configured").arg(bytesText(s->hostPssBytes), bytesText(info.size.memoryMib() << 20))
                     : idle);
  cost_->setFact(diskUsed_, s && s->diskTotalBytes > 0 ? ofTotal(s->diskUsedBytes, s->diskTotalBytes) : none);
  cost_->setFact(processes_, s ? QString::number(s->processCount) : none);
  portList_->show(info.id, s ? s->listeningPorts : std::vector<int>(),
                  s                                    ? tr("Nothing listens.")
                  : info.state == SandboxState::Active ? tr("Not told yet.")
                                                       : tr("Nothing listens while it is not active."));
}

void OverviewPage::extend() {
  const SandboxInfo* info = model_.find(id_);
  if (!info || !info->timeout) return;
  PatchRequest request;
  request.timeoutSeconds = info->timeout->value().count() + kExtension;
  actions_.update(id_, request, [this](const Result<void>& done) {
    lifetimeProblem_->setText(done ? QString() : toText(done.error().message));
    lifetimeProblem_->setVisible(!done);
  });
}

void OverviewPage::editLifetime() {
  const SandboxInfo* info = model_.find(id_);
  if (!info) return;
  auto* dialog = new LifetimeDialog(actions_, *info, window());
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->open();
}

void OverviewPage::arrange() {
  const auto direction = viewport()->width() < kThreeColumns ? QBoxLayout::TopToBottom : QBoxLayout::LeftToRight;
  if (columns_->direction() != direction) columns_->setDirection(direction);
}

void OverviewPage::resizeEvent(QResizeEvent* event) {
  QScrollArea::resizeEvent(event);
  arrange();
}

}  // namespace terrarium
