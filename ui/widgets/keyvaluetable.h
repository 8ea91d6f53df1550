// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QWidget>

#include "ui/widgets/keyvaluemodel.h"

class QFrame;
class QLabel;
class QPushButton;
class QTableView;

namespace terrarium {

/// A table of keys and values that takes pasted .env text: many lines become rows, keys that exist already are asked about.
class KeyValueTable : public QWidget {
  Q_OBJECT
 public:
  KeyValueTable(const QString& name, const QString& keyTitle, const QString& valueTitle, QWidget* parent = nullptr);

  [[nodiscard]] KeyValueModel& model() { return *model_; }
  [[nodiscard]] QTableView* table() const { return table_; }
  /// Takes .env text as if it had been pasted. Returns false when the text holds no assignment.
  bool insertText(const QString& text);
  /// What the last paste ran into, for example keys that exist.
  [[nodiscard]] QString note() const;
  void replaceConflicts();
  void keepConflicts();

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  void buildTable(const QString& name);
  [[nodiscard]] QWidget* buildNote();
  void showNote(const QStringList& problems);
  void removeCurrent();
  KeyValueModel* model_;
  QTableView* table_;
  QFrame* noteFrame_ = nullptr;
  QLabel* note_ = nullptr;
  QPushButton* replace_ = nullptr;
  QPushButton* keep_ = nullptr;
  QMap<QString, QString> conflicts_;
};

}  // namespace terrarium
