// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QWidget>

class QLabel;
class QPushButton;

namespace terrarium {

/// What stands where a list would be: an icon, one sentence and the one right button.
class EmptyState : public QWidget {
  Q_OBJECT
 public:
  explicit EmptyState(QWidget* parent = nullptr);
  void setContent(const QString& icon, const QString& title, const QString& sentence, const QString& button = {});
  [[nodiscard]] QString sentence() const;
  [[nodiscard]] QPushButton* button() const { return button_; }

 signals:
  void buttonPressed();

 protected:
  void changeEvent(QEvent* event) override;

 private:
  void drawIcon();
  QString iconName_;
  QLabel* icon_;
  QLabel* title_;
  QLabel* sentence_;
  QPushButton* button_;
};

}  // namespace terrarium
