// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/inspector/terminalpage.h"

#include "ui/sandboxes/statelook.h"
#include "ui/terminal/terminalview.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/humantext.h"

namespace terrarium {

TerminalPage::TerminalPage(Facade& facade, SandboxModel& model, QWidget* parent)
    : QStackedWidget(parent), facade_(facade), model_(model), message_(new EmptyState(this)) {
  addWidget(message_);
  connect(message_, &EmptyState::buttonPressed, this, &TerminalPage::pressed);
}

void TerminalPage::show(const QString& id) {
  if (id != id_) problem_.clear();
  id_ = id;
  refresh();
}

void TerminalPage::refresh() {
  for (auto it = shells_.begin(); it != shells_.end();) {
    if (model_.find(it->first)) {
      ++it;
    } else {
      it->second.view->deleteLater();
      it = shells_.erase(it);
    }
  }
  const auto* info = model_.find(id_);
  // A page that is not looked at opens nothing.
  if (!info || !isVisible()) return;
  const auto known = shells_.find(id_);
  const bool running = known != shells_.end() && known->second.view->isAttached();
  if (running) return setCurrentWidget(known->second.view);
  const auto look = lookOf(info->state);
  if (known != shells_.end() && info->state != SandboxState::Active) known->second.wasAway = true;
  switch (info->state) {
    case SandboxState::Active:
      if (known == shells_.end() || known->second.wasAway) return open(id_);
      return setCurrentWidget(known->second.view);
    case SandboxState::Paused:
      return say(look.icon, tr("Paused"),
                 problem_.isEmpty() ? tr("Nothing runs while it is paused. Resuming takes less than a second.") : problem_,
                 tr("Resume and open"));
    case SandboxState::Failed:
      return say(look.icon, tr("Failed"), toText(info->problem));
    default:
      return say(look.icon, look.word, tr("The terminal opens as soon as the sandbox is active."));
  }
}

void TerminalPage::say(const QString& icon, const QString& title, const QString& sentence, const QString& button) {
  message_->setContent(icon, title, sentence, button);
  setCurrentWidget(message_);
}

TerminalPage::Shell& TerminalPage::shellOf(const QString& id) {
  auto& shell = shells_[id];
  if (shell.view) return shell;
  shell.view = new TerminalView(this);
  shell.view->setColors(palette_);
  addWidget(shell.view);
  connect(shell.view, &TerminalView::sessionEnded, this, [this, id] {
    const auto* info = model_.find(id);
    if (info && info->state == SandboxState::Active) shells_[id].view->showNotice(tr("Press Enter to open a new shell."));
    refresh();
  });
  connect(shell.view, &TerminalView::restartRequested, this, [this, id] {
    const auto* info = model_.find(id);
    if (info && info->state == SandboxState::Active)
      open(id);
    else if (info && info->state == SandboxState::Paused)
      resumeAndOpen(id);
  });
  return shell;
}

void TerminalPage::open(const QString& id) {
  auto parsed = SandboxId::parse(id.toStdString());
  if (!parsed) return;
  auto& shell = shellOf(id);
  shell.wasAway = false;
  setCurrentWidget(shell.view);
  // The layout has given the view its size by now or will resize the terminal when it does.
  TerminalRequest request;
  request.columns = shell.view->columns();
  request.rows = shell.view->rows();
  shell.view->attach(facade_.exec().openTerminal(*parsed, request));
}

void TerminalPage::pressed() { resumeAndOpen(id_); }

void TerminalPage::resumeAndOpen(const QString& id) {
  auto parsed = SandboxId::parse(id.toStdString());
  if (!parsed) return;
  problem_.clear();
  whenDone(facade_.sandboxes().activate(*parsed), this, [this, id](const Result<SandboxInfo>& info) {
    if (info) return open(id);
    problem_ = toText(info.error().message);
    refresh();
  });
}

void TerminalPage::setColors(const TerminalPalette& palette) {
  palette_ = palette;
  for (const auto& [id, shell] : shells_) shell.view->setColors(palette);
}

void TerminalPage::focusTerminal() {
  refresh();
  if (auto* view = terminalOf(id_); view && currentWidget() == view)
    view->setFocus();
  else if (message_->isVisible())
    message_->setFocus();
}

TerminalView* TerminalPage::terminalOf(const QString& id) const {
  const auto found = shells_.find(id);
  return found == shells_.end() ? nullptr : found->second.view;
}

}  // namespace terrarium
