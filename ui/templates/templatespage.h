// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QMap>
#include <QWidget>

#include "backend/api/facade.h"
#include "ui/templates/templatemodel.h"

class QGridLayout;

namespace terrarium {

class TemplateCard;
class ToastArea;

/// Templates as cards: what each holds, its size and state, with a button that builds it and shows how that goes.
class TemplatesPage : public QWidget {
  Q_OBJECT
 public:
  TemplatesPage(Facade& facade, TemplateModel& model, ToastArea& toasts, QWidget* parent = nullptr);

 signals:
  void createRequested(const QString& templateName);

 protected:
  void resizeEvent(QResizeEvent* event) override;

 private:
  void rebuild();
  void arrange();
  void refresh();
  void build(const QString& name);
  void progressed(const OperationProgress& progress);

  Facade& facade_;
  TemplateModel& model_;
  ToastArea& toasts_;
  QGridLayout* cards_;
  int columns_ = 0;
  QMap<QString, TemplateCard*> byId_;
};

}  // namespace terrarium
