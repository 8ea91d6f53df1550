// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/sandboxes/sandboxespage.h"

#include <QAction>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QSettings>
#include <QShortcut>
#include <QStackedWidget>
#include <QTableView>
#include <QToolButton>

#include "ui/sandboxes/columnfit.h"
#include "ui/sandboxes/sandboxactions.h"
#include "ui/sandboxes/sandboxdelegate.h"
#include "ui/sandboxes/sandboxfeed.h"
#include "ui/sandboxes/sandboxmodel.h"
#include "ui/sandboxes/sandboxproxy.h"
#include "ui/style/icons.h"
#include "ui/style/metrics.h"
#include "ui/widgets/emptystate.h"

namespace terrarium {

SandboxesPage::SandboxesPage(SandboxModel& model, SandboxFeed& feed, SandboxActions& actions, QWidget* parent)
    : QWidget(parent), model_(model), feed_(feed), actions_(actions), proxy_(new SandboxProxy(model, this)) {
  buildActions();
  QWidget* header = buildHeader();
  buildTable();
  empty_ = new EmptyState(this);
  empty_->button()->setObjectName(QStringLiteral("emptyStateButton"));
  stack_ = new QStackedWidget(this);
  stack_->addWidget(table_);
  stack_->addWidget(empty_);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  column->addWidget(header);
  column->addWidget(stack_, 1);

  connect(&feed_, &SandboxFeed::loadChanged, this, [this] {
    refreshContent();
    // Another engine has a first one of its own.
    if (feed_.load() == SandboxFeed::Load::Loading) hasShownFirst_ = false;
    if (feed_.load() == SandboxFeed::Load::Loaded) showFirst();
  });
  for (auto signal : {&QAbstractItemModel::rowsInserted, &QAbstractItemModel::rowsRemoved})
    connect(proxy_, signal, this, &SandboxesPage::refreshContent);
  connect(proxy_, &QAbstractItemModel::modelReset, this, &SandboxesPage::refreshContent);
  // The proxy tells of a removal before the model has carried it out.
  connect(&model_, &QAbstractItemModel::rowsRemoved, this, &SandboxesPage::refreshContent);
  connect(&model_, &QAbstractItemModel::dataChanged, this, [this](const QModelIndex& from) {
    if (from.column() == 0) refreshActions();
  });
  connect(empty_, &EmptyState::buttonPressed, this, [this] {
    if (!connected_ || feed_.load() == SandboxFeed::Load::Failed)
      emit reconnectRequested();
    else if (model_.rowCount() == 0)
      emit createRequested();
    else
      filter_->clear();
  });
  refreshContent();
}

QAction* SandboxesPage::addCommand(const QString& icon, const QString& text, const QKeySequence& key,
                                   void (SandboxesPage::*slot)()) {
  auto* action = new QAction(symbolIcon(icon), text, this);
  if (!key.isEmpty()) {
    action->setShortcut(key);
    // Delete belongs to the list; in a field it deletes a character.
    action->setShortcutContext(key == QKeySequence(QKeySequence::Delete) ? Qt::WidgetWithChildrenShortcut : Qt::WindowShortcut);
    action->setToolTip(tr("%1 (%2)").arg(text, key.toString(QKeySequence::NativeText)));
  }
  connect(action, &QAction::triggered, this, slot);
  addAction(action);
  return action;
}

void SandboxesPage::buildActions() {
  resume_ = addCommand(QStringLiteral("play"), tr("Resume"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_R),
                       &SandboxesPage::resumeSelected);
  pause_ = addCommand(QStringLiteral("pause"), tr("Pause"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_P),
                      &SandboxesPage::pauseSelected);
  terminal_ = addCommand(QStringLiteral("square-terminal"), tr("Open terminal"), QKeySequence(Qt::CTRL | Qt::Key_T),
                         &SandboxesPage::openTerminal);
  remove_ = addCommand(QStringLiteral("trash-2"), tr("Delete"), QKeySequence(QKeySequence::Delete), &SandboxesPage::removeSelected);
}

QWidget* SandboxesPage::buildHeader() {
  auto* header = new QFrame(this);
  header->setProperty("role", QStringLiteral("header"));
  auto* create = new QPushButton(tr("New sandbox"), header);
  setLeadingIcon(create, symbolIconOnAccent(QStringLiteral("plus")));
  create->setObjectName(QStringLiteral("newSandbox"));
  create->setProperty("role", QStringLiteral("primary"));
  create->setToolTip(tr("New sandbox (%1)").arg(QKeySequence(QKeySequence::New).toString(QKeySequence::NativeText)));
  connect(create, &QPushButton::clicked, this, &SandboxesPage::createRequested);
  filter_ = new QLineEdit(header);
  filter_->setObjectName(QStringLiteral("sandboxFilter"));
  filter_->setPlaceholderText(tr("Filter: words, state:active, tag:team=infra, template:python"));
  filter_->setAccessibleName(tr("Filter sandboxes"));
  filter_->setToolTip(tr("Filter (%1)").arg(QKeySequence(QKeySequence::Find).toString(QKeySequence::NativeText)));
  filter_->setClearButtonEnabled(true);
  filter_->addAction(symbolIcon(QStringLiteral("search"), Tone::Neutral), QLineEdit::LeadingPosition);
  filter_->setMinimumWidth(160);
  connect(filter_, &QLineEdit::textChanged, this, [this](const QString& text) {
    proxy_->setFilterText(text);
    refreshContent();
  });
  auto* escape = new QShortcut(QKeySequence(Qt::Key_Escape), filter_, nullptr, nullptr, Qt::WidgetShortcut);
  connect(escape, &QShortcut::activated, filter_, &QLineEdit::clear);
  count_ = new QLabel(header);
  setTextStyle(count_, TextStyle::Caption);
  auto* row = new QHBoxLayout(header);
  row->setContentsMargins(space::kMedium, space::kSmall, space::kMedium, space::kSmall);
  row->setSpacing(space::kTight);
  row->addWidget(create);
  row->addSpacing(space::kSmall);
  row->addWidget(filter_, 1);
  row->addSpacing(space::kSmall);
  row->addWidget(count_);
  for (QAction* action : {resume_, pause_, terminal_, remove_}) {
    auto* button = new QToolButton(header);
    button->setDefaultAction(action);
    button->setAccessibleName(action->text());
    button->setFocusPolicy(Qt::TabFocus);
    row->addWidget(button);
  }
  auto* columns = new QToolButton(header);
  columns->setIcon(symbolIcon(QStringLiteral("columns-3")));
  columns->setToolTip(tr("Choose columns"));
  columns->setAccessibleName(tr("Choose columns"));
  columns->setFocusPolicy(Qt::TabFocus);
  connect(columns, &QToolButton::clicked, this,
          [this, columns] { showColumnMenu(columns->mapToGlobal(QPoint(0, columns->height()))); });
  row->addWidget(columns);
  return header;
}

void SandboxesPage::buildTable() {
  table_ = new QTableView(this);
  table_->setObjectName(QStringLiteral("sandboxTable"));
  table_->setProperty("role", QStringLiteral("page"));
  table_->setAccessibleName(tr("Sandboxes"));
  table_->setModel(proxy_);
  table_->setItemDelegate(new SandboxDelegate(table_));
  table_->setSelectionBehavior(QAbstractItemView::SelectRows);
  table_->setSelectionMode(QAbstractItemView::ExtendedSelection);
  table_->setShowGrid(false);
  table_->setSortingEnabled(true);
  table_->setTabKeyNavigation(false);
  table_->setMouseTracking(true);
  table_->setContextMenuPolicy(Qt::CustomContextMenu);
  table_->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
  table_->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
  table_->verticalHeader()->hide();
  table_->verticalHeader()->setDefaultSectionSize(SandboxDelegate::kRowHeight);
  QHeaderView* header = table_->horizontalHeader();
  header->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
  header->setSectionsMovable(true);
  header->setHighlightSections(false);
  header->setContextMenuPolicy(Qt::CustomContextMenu);
  header->setMinimumSectionSize(56);
  header->setFixedHeight(34);
  header->setStretchLastSection(true);
  columns_ = new ColumnFit(table_, {{130, 190}, {104, 116}, {120, 176}, {76, 210}, {64, 74}, {112, 128}, {92, 140}, {84, 96}});
  table_->sortByColumn(SandboxModel::Age, Qt::AscendingOrder);
  connect(header, &QWidget::customContextMenuRequested, this,
          [this, header](const QPoint& position) { showColumnMenu(header->mapToGlobal(position)); });
  connect(table_, &QWidget::customContextMenuRequested, this, &SandboxesPage::showRowMenu);
  connect(table_, &QAbstractItemView::activated, this,
          [this](const QModelIndex& index) { emit terminalRequested(index.data(SandboxModel::IdRole).toString()); });
  connect(table_->selectionModel(), &QItemSelectionModel::selectionChanged, this, [this] {
    refreshActions();
    emit selectionChanged(selectedIds());
  });
}

QStringList SandboxesPage::selectedIds() const {
  QStringList ids;
  const QModelIndexList rows = table_->selectionModel()->selectedRows();
  for (const QModelIndex& index : rows) ids << index.data(SandboxModel::IdRole).toString();
  return ids;
}

void SandboxesPage::select(const QString& id) {
  const QModelIndex index = proxy_->mapFromSource(model_.index(model_.rowOf(id), 0));
  if (!index.isValid()) return;
  table_->selectionModel()->setCurrentIndex(index, QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
  table_->scrollTo(index);
}

void SandboxesPage::showFirst() {
  if (hasShownFirst_) return;
  hasShownFirst_ = true;
  if (proxy_->rowCount() > 0 && selectedIds().isEmpty()) {
    table_->selectRow(0);
    table_->setFocus();
  } else if (empty_->button()->isVisible()) {
    empty_->button()->setFocus();
  }
}

void SandboxesPage::setConnected(bool connected) {
  connected_ = connected;
  refreshActions();
  refreshContent();
}

void SandboxesPage::refreshActions() {
  const QStringList ids = selectedIds();
  const auto set = [&](QAction* action, SandboxAction what, const QString& one, const char* several) {
    const int able = static_cast<int>(actions_.able(what, ids).size());
    action->setEnabled(connected_ && able > 0);
    action->setText(able > 1 ? tr(several, nullptr, able) : one);
    const QString key = action->shortcut().toString(QKeySequence::NativeText);
    action->setToolTip(tr("%1 (%2)").arg(action->text(), key));
  };
  set(pause_, SandboxAction::Pause, tr("Pause"), QT_TR_N_NOOP("Pause %n sandbox(es)"));
  set(resume_, SandboxAction::Resume, tr("Resume"), QT_TR_N_NOOP("Resume %n sandbox(es)"));
  set(remove_, SandboxAction::Delete, tr("Delete"), QT_TR_N_NOOP("Delete %n sandbox(es)"));
  terminal_->setEnabled(connected_ && ids.size() == 1);
  const int total = model_.rowCount(), shown = proxy_->rowCount();
  count_->setText(ids.size() > 1   ? tr("%1 of %2 selected").arg(ids.size()).arg(shown)
                  : shown != total ? tr("%1 of %2").arg(shown).arg(total)
                                   : QString());
  count_->setVisible(!count_->text().isEmpty());
}

void SandboxesPage::refreshContent() {
  refreshActions();
  const bool any = proxy_->rowCount() > 0;
  stack_->setCurrentWidget(any ? static_cast<QWidget*>(table_) : empty_);
  if (any) return;
  if (!connected_ || feed_.load() == SandboxFeed::Load::Failed) {
    empty_->setContent(
        QStringLiteral("unplug"), tr("The engine is away"),
        !connected_ || feed_.problem().isEmpty() ? tr("Sandboxes will appear as soon as it answers again.") : feed_.problem(),
        tr("Try again"));
  } else if (feed_.load() == SandboxFeed::Load::Loading) {
    empty_->setContent(QStringLiteral("boxes"), tr("Looking for sandboxes…"), QString());
  } else if (model_.rowCount() == 0) {
    empty_->setContent(QStringLiteral("sprout"), tr("No sandboxes yet"),
                       tr("A sandbox is a small virtual machine that is ready for commands the moment it is created."),
                       tr("New sandbox"));
  } else {
    empty_->setContent(QStringLiteral("filter-x"), tr("Nothing matches"), tr("The filter hides every sandbox."),
                       tr("Clear filter"));
  }
}

void SandboxesPage::showRowMenu(const QPoint& position) {
  auto* menu = new QMenu(this);
  menu->setAttribute(Qt::WA_DeleteOnClose);
  menu->addActions({terminal_, resume_, pause_});
  menu->addSeparator();
  const QModelIndex index = table_->indexAt(position);
  const int column = index.column();
  if (index.isValid() && (column == SandboxModel::State || column == SandboxModel::Template)) {
    const QString value = index.data().toString();
    const QString term = (column == SandboxModel::State ? QStringLiteral("state:") : QStringLiteral("template:")) + value.toLower();
    menu->addAction(symbolIcon(QStringLiteral("search")), tr("Show only %1").arg(value), this,
                    [this, term] { filter_->setText(term); });
    menu->addSeparator();
  }
  menu->addAction(remove_);
  menu->popup(table_->viewport()->mapToGlobal(position));
}

void SandboxesPage::showColumnMenu(const QPoint& globalPosition) {
  auto* menu = new QMenu(this);
  menu->setAttribute(Qt::WA_DeleteOnClose);
  QHeaderView* header = table_->horizontalHeader();
  for (int i = 1; i < SandboxModel::ColumnCount; ++i) {
    QAction* action = menu->addAction(model_.headerData(i, Qt::Horizontal, Qt::DisplayRole).toString());
    action->setCheckable(true);
    action->setChecked(!header->isSectionHidden(i));
    connect(action, &QAction::toggled, header, [header, i](bool shown) { header->setSectionHidden(i, !shown); });
  }
  menu->popup(globalPosition);
}

void SandboxesPage::pauseSelected() { actions_.pause(selectedIds()); }
void SandboxesPage::resumeSelected() { actions_.resume(selectedIds()); }
void SandboxesPage::removeSelected() { actions_.remove(selectedIds()); }

void SandboxesPage::openTerminal() {
  const QStringList ids = selectedIds();
  if (ids.size() == 1) emit terminalRequested(ids.first());
}

void SandboxesPage::saveLayout(QSettings& settings) const { columns_->save(settings, QStringLiteral("sandboxes/columns")); }

void SandboxesPage::restoreLayout(QSettings& settings) { columns_->restore(settings, QStringLiteral("sandboxes/columns")); }

}  // namespace terrarium
