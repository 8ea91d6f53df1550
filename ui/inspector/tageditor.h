// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QWidget>

#include "backend/domain/metadata.h"

class QLabel;
class QLineEdit;

namespace terrarium {

/// Tags as chips with a cross each, and a line that adds "key=value". Changes nothing itself: it asks.
class TagEditor : public QWidget {
  Q_OBJECT
 public:
  explicit TagEditor(QWidget* parent = nullptr);
  void setTags(const Metadata& metadata);
  void setProblem(const QString& problem);

 signals:
  void changeRequested(const terrarium::Metadata::Entries& entries);

 private:
  void add();
  Metadata metadata_ = Metadata::none();
  QWidget* chips_;
  QLineEdit* line_;
  QLabel* problem_;
};

}  // namespace terrarium
