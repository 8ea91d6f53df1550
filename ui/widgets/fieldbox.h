// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QWidget>

class QLabel;

namespace terrarium {

/// One field of a form: label above, editor, and below it the hint or, when something is wrong, the error. Knows whether a person
/// has touched the field, because errors are shown only then.
class FieldBox : public QWidget {
  Q_OBJECT
 public:
  FieldBox(const QString& label, QWidget* editor, const QString& hint = {}, QWidget* parent = nullptr);

  void setCounter(const QString& text, bool over = false);
  /// Remembers the errors; they are shown once touched.
  void setErrors(const QStringList& errors);
  void touch();
  void forget();
  [[nodiscard]] bool isTouched() const { return touched_; }
  [[nodiscard]] bool hasErrors() const { return !errors_.isEmpty(); }
  /// What is shown now; empty when nothing is.
  [[nodiscard]] QString shownError() const;
  [[nodiscard]] QWidget* editor() const { return editor_; }
  [[nodiscard]] QString label() const { return label_; }

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;

 signals:
  void touched();

 private:
  void refresh();
  QString label_;
  QWidget* editor_;
  QLabel* counter_;
  QLabel* message_;
  QString hint_;
  QStringList errors_;
  bool touched_ = false;
};

}  // namespace terrarium
