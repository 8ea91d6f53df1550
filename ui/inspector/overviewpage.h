// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QScrollArea>

#include "ui/sandboxes/sandboxmodel.h"

class QLabel;
class QPushButton;

namespace terrarium {

class Banner;
class DurationEdit;
class FactList;
class KeyValueTable;
class SandboxActions;

/// The facts of one sandbox, its tags and its lifetime to edit. Shows what the model says; changes go through SandboxActions.
class OverviewPage : public QScrollArea {
  Q_OBJECT
 public:
  OverviewPage(SandboxModel& model, SandboxActions& actions, QWidget* parent = nullptr);

  void show(const QString& id);
  /// Draws the facts anew; what is being edited stays.
  void refresh();
  [[nodiscard]] FactList& facts() { return *facts_; }

 private:
  [[nodiscard]] QWidget* buildTags();
  [[nodiscard]] QWidget* buildLifetime();
  void fillFacts(const SandboxInfo& info);
  void fillUsage(const SandboxInfo& info);
  void loadEditors(const SandboxInfo& info);
  void saveTags();
  void saveLifetime();
  void refreshButtons();

  SandboxModel& model_;
  SandboxActions& actions_;
  QString id_;
  Banner* problem_;
  FactList* facts_;
  KeyValueTable* tags_;
  DurationEdit* lifetime_;
  QLabel* tagsError_;
  QLabel* lifetimeError_;
  QPushButton* saveTags_;
  QPushButton* saveLifetime_;
};

}  // namespace terrarium
