// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QStringList>
#include <QWidget>

class QAction;
class QLabel;
class QLineEdit;
class QPushButton;
class QSettings;
class QStackedWidget;
class QTableView;
class QToolButton;

namespace terrarium {

class EmptyState;
class ColumnFit;
class SandboxActions;
class SandboxFeed;
class SandboxModel;
class SandboxProxy;

/// The sandbox list: header with filter and actions, table, empty states. Owned by the window, which opens what it asks for.
class SandboxesPage : public QWidget {
  Q_OBJECT
 public:
  SandboxesPage(SandboxModel& model, SandboxFeed& feed, SandboxActions& actions, QWidget* parent = nullptr);

  [[nodiscard]] QStringList selectedIds() const;
  void select(const QString& id);
  void setConnected(bool connected);
  void saveLayout(QSettings& settings) const;
  void restoreLayout(QSettings& settings);
  [[nodiscard]] QTableView* table() const { return table_; }
  [[nodiscard]] QLineEdit* filterBox() const { return filter_; }
  [[nodiscard]] EmptyState* emptyState() const { return empty_; }

 signals:
  void createRequested();
  void terminalRequested(const QString& id);
  void reconnectRequested();
  void selectionChanged(const QStringList& ids);

 private:
  void buildActions();
  [[nodiscard]] QWidget* buildHeader();
  void buildTable();
  void refreshActions();
  void refreshContent();
  /// After the first list: something is selected and the keyboard is on it.
  void showFirst();
  void showRowMenu(const QPoint& position);
  void showColumnMenu(const QPoint& globalPosition);
  QAction* addCommand(const QString& icon, const QString& text, const QKeySequence& key, void (SandboxesPage::*slot)());
  void pauseSelected();
  void resumeSelected();
  void removeSelected();
  void openTerminal();

  SandboxModel& model_;
  SandboxFeed& feed_;
  SandboxActions& actions_;
  SandboxProxy* proxy_;
  QLineEdit* filter_ = nullptr;
  QLabel* count_ = nullptr;
  ColumnFit* columns_ = nullptr;
  QTableView* table_ = nullptr;
  QStackedWidget* stack_ = nullptr;
  EmptyState* empty_ = nullptr;
  QAction* pause_ = nullptr;
  QAction* resume_ = nullptr;
  QAction* remove_ = nullptr;
  QAction* terminal_ = nullptr;
  bool connected_ = true;
  bool hasShownFirst_ = false;
};

}  // namespace terrarium
