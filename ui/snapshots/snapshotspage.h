// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QWidget>
#include <optional>

#include "backend/api/facade.h"

class QLabel;
class QLineEdit;
class QPushButton;
class QStackedWidget;
class QTableView;

namespace terrarium {

class EmptyState;
class SandboxModel;
class SnapshotModel;

/// Snapshots of the sandbox that is looked at: take one, make a new sandbox from one, delete one after a question.
class SnapshotsPage : public QWidget {
  Q_OBJECT
 public:
  SnapshotsPage(Facade& facade, SandboxModel& sandboxes, QWidget* parent = nullptr);

  /// Empty: nobody looks at this page.
  void show(const QString& id);
  [[nodiscard]] SnapshotModel& model() { return *model_; }
  [[nodiscard]] QString message() const;

 signals:
  void created(const terrarium::SandboxInfo& info);

 private:
  [[nodiscard]] QWidget* buildBar();
  void buildTable();
  void reload();
  void refresh();
  void take();
  void restore();
  void askToRemove();
  void remove(const SnapshotId& id);
  [[nodiscard]] const SnapshotInfo* selected() const;
  void say(const QString& text, const QString& tone);

  Facade& facade_;
  SandboxModel& sandboxes_;
  SnapshotModel* model_;
  QString id_;
  bool busy_ = false;
  QLineEdit* name_ = nullptr;
  QPushButton *take_ = nullptr, *restore_ = nullptr, *remove_ = nullptr;
  QLabel* message_ = nullptr;
  QStackedWidget* stack_;
  QTableView* table_;
  EmptyState* empty_;
};

}  // namespace terrarium
