// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QWidget>

#include "backend/api/facade.h"
#include "ui/connections/engineconnection.h"
#include "ui/sandboxes/sandboxmodel.h"
#include "ui/terminal/terminalpalette.h"

class QLabel;
class QStackedWidget;
class QTabWidget;
class QToolButton;

namespace terrarium {

class CodePanel;
class EmptyState;
class OverviewPage;
class SandboxActions;
class SnapshotsPage;
class StatusPill;
class TerminalPage;

/// Everything about one sandbox: header with name, state, countdown and actions; below it one tab per subject.
class Inspector : public QWidget {
  Q_OBJECT
 public:
  Inspector(Facade& facade, SandboxModel& model, SandboxActions& actions, QWidget* parent = nullptr);

  /// An empty id shows that nothing is selected.
  void show(const QString& id);
  void showSeveral(int count);
  void openTerminal();
  void setConnection(const EngineConnection& connection);
  void setTerminalColors(const TerminalPalette& palette);
  [[nodiscard]] QString currentId() const { return id_; }
  [[nodiscard]] OverviewPage& overview() { return *overview_; }
  [[nodiscard]] TerminalPage& terminal() { return *terminal_; }
  [[nodiscard]] CodePanel& code() { return *code_; }
  [[nodiscard]] SnapshotsPage& snapshots() { return *snapshots_; }
  [[nodiscard]] QTabWidget& tabs() { return *tabs_; }

 signals:
  /// A new sandbox was made from a snapshot of this one.
  void sandboxMade(const terrarium::SandboxInfo& info);

 private:
  [[nodiscard]] QWidget* buildHeader();
  QToolButton* addButton(const QString& icon, const QString& text, SandboxAction action);
  void refresh();
  void act(SandboxAction action);

  SandboxModel& model_;
  SandboxActions& actions_;
  QString id_;
  QStackedWidget* stack_;
  EmptyState* empty_;
  QLabel* name_ = nullptr;
  QLabel* countdown_ = nullptr;
  StatusPill* pill_ = nullptr;
  QTabWidget* tabs_;
  OverviewPage* overview_;
  TerminalPage* terminal_;
  SnapshotsPage* snapshots_;
  CodePanel* code_ = nullptr;
  bool isHosted_ = false;
  QList<std::pair<SandboxAction, QToolButton*>> buttons_;
};

}  // namespace terrarium
