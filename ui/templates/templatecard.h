// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QFrame>

#include "backend/api/events.h"
#include "backend/domain/templateinfo.h"

class QLabel;
class QPlainTextEdit;
class QProgressBar;
class QPushButton;

namespace terrarium {

class StatusPill;

/// One template on the templates page.
class TemplateCard : public QFrame {
  Q_OBJECT
 public:
  explicit TemplateCard(QWidget* parent = nullptr);

  void show(const TemplateInfo& info);
  void showProgress(const OperationProgress& progress);
  [[nodiscard]] QPushButton* buildButton() const { return build_; }

 signals:
  void buildRequested();
  void cancelRequested();
  void createRequested();

 private:
  void setBusy(bool busy);
  QLabel* name_;
  QLabel* description_;
  QLabel* facts_;
  QLabel* problem_;
  QLabel* stage_;
  StatusPill* pill_;
  QProgressBar* progress_;
  QPlainTextEdit* log_;
  QPushButton* build_;
  QPushButton* cancel_;
  QPushButton* create_;
};

}  // namespace terrarium
