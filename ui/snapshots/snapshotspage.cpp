// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/snapshots/snapshotspage.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QMessageBox>
#include <QPushButton>
#include <QStackedWidget>
#include <QTableView>

#include "ui/sandboxes/sandboxmodel.h"
#include "ui/snapshots/snapshotmodel.h"
#include "ui/style/icons.h"
#include "ui/style/metrics.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/humantext.h"

namespace terrarium {

SnapshotsPage::SnapshotsPage(Facade& facade, SandboxModel& sandboxes, QWidget* parent)
    : QWidget(parent),
      facade_(facade),
      sandboxes_(sandboxes),
      model_(new SnapshotModel(this)),
      stack_(new QStackedWidget(this)),
      table_(new QTableView(this)),
      empty_(new EmptyState(this)) {
  QWidget* bar = buildBar();
  buildTable();
  empty_->setContent(
      QStringLiteral("camera"), tr("No snapshots yet"),
      tr("A snapshot keeps memory and disk as they are now. New sandboxes can be made from it, also when this one is gone."));
  stack_->addWidget(table_);
  stack_->addWidget(empty_);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(space::kLarge, space::kMedium, space::kLarge, space::kMedium);
  column->setSpacing(space::kSmall);
  column->addWidget(bar);
  column->addWidget(message_);
  column->addWidget(stack_, 1);
  connect(&facade_.events(), &Events::operationProgressed, this, [this](const OperationProgress& progress) {
    if (progress.kind == OperationKind::Snapshot && toText(progress.subjectId) == id_) reload();
  });
  refresh();
}

QWidget* SnapshotsPage::buildBar() {
  auto* bar = new QWidget(this);
  name_ = new QLineEdit(bar);
  name_->setPlaceholderText(tr("Name of the next snapshot (the sandbox's when empty)"));
  name_->setAccessibleName(tr("Name of the next snapshot"));
  take_ = new QPushButton(tr("Take snapshot"), bar);
  setLeadingIcon(take_, symbolIcon(QStringLiteral("camera")));
  restore_ = new QPushButton(tr("New sandbox from it"), bar);
  setLeadingIcon(restore_, symbolIcon(QStringLiteral("plus")));
  remove_ = new QPushButton(tr("Delete"), bar);
  remove_->setAccessibleName(tr("Delete the snapshot"));
  setLeadingIcon(remove_, symbolIcon(QStringLiteral("trash-2")));
  message_ = new QLabel(this);
  message_->setWordWrap(true);
  message_->setTextFormat(Qt::PlainText);
  message_->hide();
  connect(take_, &QPushButton::clicked, this, &SnapshotsPage::take);
  connect(name_, &QLineEdit::returnPressed, this, &SnapshotsPage::take);
  connect(restore_, &QPushButton::clicked, this, &SnapshotsPage::restore);
  connect(remove_, &QPushButton::clicked, this, &SnapshotsPage::askToRemove);
  auto* row = new QHBoxLayout(bar);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(space::kSmall);
  row->addWidget(name_, 1);
  for (QPushButton* button : {take_, restore_, remove_}) row->addWidget(button);
  return bar;
}

void SnapshotsPage::buildTable() {
  table_->setModel(model_);
  table_->setAccessibleName(tr("Snapshots"));
  table_->setSelectionBehavior(QAbstractItemView::SelectRows);
  table_->setSelectionMode(QAbstractItemView::SingleSelection);
  table_->setTabKeyNavigation(false);
  table_->setShowGrid(false);
  table_->verticalHeader()->hide();
  table_->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
  table_->horizontalHeader()->setHighlightSections(false);
  table_->setProperty("role", QStringLiteral("form"));
  const std::pair<int, int> widths[] = {{SnapshotModel::Taken, 200}, {SnapshotModel::Size, 90}, {SnapshotModel::State, 120}};
  for (const auto& [column, width] : widths) table_->setColumnWidth(column, width);
  table_->horizontalHeader()->setSectionResizeMode(SnapshotModel::Name, QHeaderView::Stretch);
  connect(table_, &QTableView::activated, this, &SnapshotsPage::restore);
  connect(table_->selectionModel(), &QItemSelectionModel::selectionChanged, this, &SnapshotsPage::refresh);
  for (auto signal : {&QAbstractItemModel::rowsInserted, &QAbstractItemModel::rowsRemoved})
    connect(model_, signal, this, &SnapshotsPage::refresh);
  connect(model_, &QAbstractItemModel::dataChanged, this, &SnapshotsPage::refresh);
}

QString SnapshotsPage::message() const { return message_->text(); }

void SnapshotsPage::say(const QString& text, const QString& tone) {
  message_->setText(text);
  message_->setVisible(!text.isEmpty());
  setStyleProperty(message_, "tone", tone);
}

const SnapshotInfo* SnapshotsPage::selected() const {
  const QModelIndexList rows = table_->selectionModel()->selectedRows();
  return rows.isEmpty() ? nullptr : model_->at(rows.first().row());
}

void SnapshotsPage::show(const QString& id) {
  if (id != id_) {
    id_ = id;
    model_->replaceAll({});
    say({}, {});
    if (!id_.isEmpty()) reload();
  }
  refresh();
}

void SnapshotsPage::refresh() {
  const SandboxInfo* info = sandboxes_.find(id_);
  const SnapshotInfo* snapshot = selected();
  take_->setEnabled(info && !busy_ && isAllowed(SandboxAction::Snapshot, info->state));
  take_->setToolTip(take_->isEnabled() ? tr("The sandbox stands still for a moment and goes on")
                                       : tr("Only an active or paused sandbox can be saved"));
  restore_->setEnabled(snapshot && !busy_ && snapshot->status == SnapshotStatus::Ready);
  remove_->setEnabled(snapshot && !busy_);
  stack_->setCurrentWidget(model_->rowCount() > 0 ? static_cast<QWidget*>(table_) : empty_);
}

void SnapshotsPage::reload() {
  const auto id = SandboxId::parse(id_.toStdString());
  if (!id) return;
  whenDone(facade_.snapshots().list(*id), this, [this, asked = id_](const Result<std::vector<SnapshotInfo>>& list) {
    if (asked != id_) return;
    if (!list) return say(tr("The snapshots could not be listed. %1").arg(toText(list.error().message)), QStringLiteral("danger"));
    model_->replaceAll(*list);
  });
}

void SnapshotsPage::take() {
  const auto id = SandboxId::parse(id_.toStdString());
  if (!id || !take_->isEnabled()) return;
  SnapshotRequest request;
  if (!name_->text().trimmed().isEmpty()) request.name = name_->text().trimmed().toStdString();
  const auto spec = SnapshotSpec::parse(request);
  if (!spec) return say(toText(spec.error().message), QStringLiteral("danger"));
  busy_ = true;
  say(tr("Taking a snapshot…"), QStringLiteral("muted"));
  refresh();
  whenDone(facade_.snapshots().take(*id, *spec), this, [this](const Result<TakenSnapshot>& taken) {
    busy_ = false;
    if (taken) name_->clear();
    say(taken ? tr("%1 is kept.").arg(toText(taken->info.name.value()))
              : tr("No snapshot was taken. %1").arg(toText(taken.error().message)),
        taken ? QStringLiteral("good") : QStringLiteral("danger"));
    reload();
    refresh();
  });
}

void SnapshotsPage::restore() {
  const SnapshotInfo* snapshot = selected();
  if (!snapshot || !restore_->isEnabled()) return;
  constexpr qsizetype kRoomForSuffix = 50;
  SandboxRequest request;
  request.name = tr("%1 again").arg(toText(snapshot->name.value()).left(kRoomForSuffix)).toStdString();
  request.fromSnapshot = snapshot->id.value();
  const auto spec = SandboxSpec::parse(request);
  if (!spec) return say(toText(spec.error().message), QStringLiteral("danger"));
  busy_ = true;
  say(tr("Making %1…").arg(toText(request.name)), QStringLiteral("muted"));
  refresh();
  whenDone(facade_.sandboxes().create(*spec), this, [this](const Result<SandboxInfo>& made) {
    busy_ = false;
    say(made ? QString() : tr("No sandbox was made. %1").arg(toText(made.error().message)), QStringLiteral("danger"));
    refresh();
    if (made) emit created(*made);
  });
}

void SnapshotsPage::askToRemove() {
  const SnapshotInfo* snapshot = selected();
  if (!snapshot) return;
  auto* box = new QMessageBox(QMessageBox::Question, tr("Delete this snapshot?"),
                              tr("%1 of %2 cannot be brought back. Sandboxes that were made from it stay.")
                                  .arg(toText(snapshot->name.value()), absoluteText(snapshot->createdAt)),
                              QMessageBox::Cancel, this);
  box->setTextFormat(Qt::PlainText);
  auto* sure = box->addButton(tr("Delete"), QMessageBox::DestructiveRole);
  box->setAttribute(Qt::WA_DeleteOnClose);
  connect(sure, &QAbstractButton::clicked, this, [this, id = snapshot->id] { remove(id); });
  box->open();
}

void SnapshotsPage::remove(const SnapshotId& id) {
  whenDone(facade_.snapshots().remove(id), this, [this](const Result<void>& removed) {
    if (!removed) say(tr("The snapshot was not deleted. %1").arg(toText(removed.error().message)), QStringLiteral("danger"));
    reload();
  });
}

}  // namespace terrarium
