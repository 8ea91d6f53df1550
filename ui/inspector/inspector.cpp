// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/inspector/inspector.h"

#include <QFrame>
#include <QHBoxLayout>
#include <QLabel>
#include <QStackedWidget>
#include <QTabWidget>
#include <QToolButton>

#include "ui/code/codepanel.h"
#include "ui/inspector/overviewpage.h"
#include "ui/inspector/terminalpage.h"
#include "ui/sandboxes/sandboxactions.h"
#include "ui/sandboxes/statelook.h"
#include "ui/snapshots/snapshotspage.h"
#include "ui/style/icons.h"
#include "ui/style/metrics.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/humantext.h"
#include "ui/widgets/statuspill.h"

namespace terrarium {

Inspector::Inspector(Facade& facade, SandboxModel& model, SandboxActions& actions, QWidget* parent)
    : QWidget(parent),
      model_(model),
      actions_(actions),
      stack_(new QStackedWidget(this)),
      empty_(new EmptyState(this)),
      tabs_(new QTabWidget(this)),
      overview_(new OverviewPage(facade.ports(), model, actions, this)),
      terminal_(new TerminalPage(facade, model, this)),
      snapshots_(new SnapshotsPage(facade, model, this)) {
  setMinimumWidth(320);
  tabs_->setDocumentMode(true);
  tabs_->setAccessibleName(tr("Views of the sandbox"));
  tabs_->addTab(overview_, symbolIcon(QStringLiteral("info")), tr("Overview"));
  tabs_->addTab(terminal_, symbolIcon(QStringLiteral("square-terminal")), tr("Terminal"));
  tabs_->addTab(snapshots_, symbolIcon(QStringLiteral("camera")), tr("Snapshots"));
  connect(snapshots_, &SnapshotsPage::created, this, &Inspector::sandboxMade);
  auto* codePage = new QWidget(this);
  code_ = new CodePanel(codePage);
  auto* around = new QVBoxLayout(codePage);
  around->setContentsMargins(space::kLarge, space::kMedium, space::kLarge, space::kMedium);
  around->addWidget(code_);
  tabs_->addTab(codePage, symbolIcon(QStringLiteral("code")), tr("Code"));
  auto* content = new QWidget(this);
  auto* layout = new QVBoxLayout(content);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(0);
  layout->addWidget(buildHeader());
  layout->addWidget(tabs_, 1);
  stack_->addWidget(empty_);
  stack_->addWidget(content);
  auto* outer = new QVBoxLayout(this);
  outer->setContentsMargins(0, 0, 0, 0);
  outer->addWidget(stack_);
  connect(tabs_, &QTabWidget::currentChanged, this, &Inspector::refresh);
  for (auto signal : {&SandboxModel::rowsInserted, &SandboxModel::rowsRemoved}) connect(&model_, signal, this, &Inspector::refresh);
  connect(&model_, &SandboxModel::dataChanged, this, &Inspector::refresh);
  connect(&model_, &SandboxModel::modelReset, this, &Inspector::refresh);
  show({});
}

QWidget* Inspector::buildHeader() {
  auto* header = new QFrame(this);
  header->setProperty("role", QStringLiteral("header"));
  auto* row = new QHBoxLayout(header);
  row->setContentsMargins(space::kLarge, space::kSmall, space::kMedium, space::kSmall);
  row->setSpacing(space::kSmall);
  name_ = new QLabel(header);
  name_->setTextFormat(Qt::PlainText);
  setTextStyle(name_, TextStyle::Heading);
  name_->setMinimumWidth(40);
  name_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
  pill_ = new StatusPill(header);
  countdown_ = new QLabel(header);
  setTextStyle(countdown_, TextStyle::Caption);
  row->addWidget(name_, 1);
  row->addWidget(countdown_);
  row->addWidget(pill_);
  for (auto* button : {addButton(QStringLiteral("git-fork"), tr("Fork"), SandboxAction::Fork),
                       addButton(QStringLiteral("play"), tr("Resume"), SandboxAction::Resume),
                       addButton(QStringLiteral("pause"), tr("Pause"), SandboxAction::Pause),
                       addButton(QStringLiteral("trash-2"), tr("Delete"), SandboxAction::Delete)}) {
    row->addWidget(button);
  }
  return header;
}

QToolButton* Inspector::addButton(const QString& icon, const QString& text, SandboxAction action) {
  auto* button = new QToolButton(this);
  button->setIcon(symbolIcon(icon));
  button->setToolTip(text);
  button->setAccessibleName(text);
  button->setFocusPolicy(Qt::TabFocus);
  connect(button, &QToolButton::clicked, this, [this, action] { act(action); });
  buttons_.append({action, button});
  return button;
}

void Inspector::act(SandboxAction action) {
  if (action == SandboxAction::Pause)
    actions_.pause({id_});
  else if (action == SandboxAction::Resume)
    actions_.resume({id_});
  else if (action == SandboxAction::Fork)
    actions_.forkSandbox(id_);
  else if (action == SandboxAction::Delete)
    actions_.remove({id_});
}

void Inspector::show(const QString& id) {
  id_ = id;
  empty_->setContent(QStringLiteral("panel-right"), tr("Nothing selected"),
                     tr("Select a sandbox to see what it is and to open its terminal."));
  refresh();
}

void Inspector::showSeveral(int count) {
  id_.clear();
  empty_->setContent(QStringLiteral("list"), tr("%n sandbox(es) selected", nullptr, count),
                     tr("The buttons above the list act on all of them."));
  refresh();
}

void Inspector::refresh() {
  const auto* info = model_.find(id_);
  stack_->setCurrentIndex(info ? 1 : 0);
  if (!info) {
    terminal_->show({});
    snapshots_->show({});
    return;
  }
  const auto name = toText(info->name.value());
  name_->setText(name_->fontMetrics().elidedText(name, Qt::ElideRight, std::max(60, name_->width())));
  name_->setToolTip(name);
  const auto look = lookOf(info->state);
  if (model_.isLeaving(id_))
    pill_->setStatus(QStringLiteral("hourglass"), tr("Leaving"), Tone::Neutral);
  else
    pill_->setStatus(look.icon, look.word, look.tone);
  const auto deadline = info->deadline();
  countdown_->setText(deadline ? remainingText(secondsBetween(std::chrono::system_clock::now(), *deadline)) : QString());
  countdown_->setToolTip(deadline ? tr("Destroyed at %1").arg(absoluteText(*deadline)) : QString());
  for (const auto& [action, button] : buttons_) {
    const bool lacking = action == SandboxAction::Fork && isHosted_;
    button->setEnabled(isAllowed(action, info->state) && !model_.isLeaving(id_) && !lacking);
    if (action == SandboxAction::Fork)
      button->setToolTip(lacking ? tr("The hosted service cannot fork")
                                 : tr("Fork: a second sandbox with the same memory and disk, which goes its own way"));
  }
  overview_->show(id_);
  code_->showSandbox(info->id);
  terminal_->show(tabs_->currentWidget() == terminal_ ? id_ : QString());
  snapshots_->show(tabs_->currentWidget() == snapshots_ ? id_ : QString());
}

void Inspector::openTerminal() {
  tabs_->setCurrentWidget(terminal_);
  terminal_->show(id_);
  terminal_->focusTerminal();
}

void Inspector::setConnection(const EngineConnection& connection) {
  isHosted_ = connection.isHosted();
  overview_->forgetPorts();
  code_->setConnection(connection);
}

void Inspector::setTerminalColors(const TerminalPalette& palette) { terminal_->setColors(palette); }

}  // namespace terrarium
