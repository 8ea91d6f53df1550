// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QDialog>

#include "backend/api/facade.h"

class QLabel;
class QPushButton;
class QSettings;
class QStackedWidget;

namespace terrarium {

class CreateForm;
class CreateProgress;
class CreateRun;
class TemplateModel;

/// The dialog behind "New sandbox": form, then progress, then gone. Kept by the window between uses, so that a draft survives.
class CreateDialog : public QDialog {
  Q_OBJECT
 public:
  CreateDialog(Facade& facade, TemplateModel& templates, QSettings& settings, QWidget* parent = nullptr);

  /// `suggestedName` fills the name unless a draft has one.
  void openWith(const QString& suggestedName);
  [[nodiscard]] CreateForm* form() const { return form_; }
  [[nodiscard]] CreateProgress* progress() const { return progress_; }
  void reject() override;

 signals:
  void created(const terrarium::SandboxInfo& info);

 private:
  [[nodiscard]] QWidget* buildFooter();
  void submit();
  void run(const SandboxSpec& spec);
  void finishRun();
  void showForm();
  void refreshFooter();
  void startOver();
  Facade& facade_;
  TemplateModel& templates_;
  QSettings& settings_;
  CreateForm* form_;
  CreateProgress* progress_;
  QStackedWidget* stack_;
  QLabel* summary_ = nullptr;
  QPushButton* startOver_ = nullptr;
  QPushButton* cancel_ = nullptr;
  QPushButton* create_ = nullptr;
  CreateRun* run_ = nullptr;
  QString suggested_;
  bool isPristine_ = true;
};

}  // namespace terrarium
