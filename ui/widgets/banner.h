// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QFrame>
#include <QIcon>

class QLabel;
class QPushButton;
class QToolButton;

namespace terrarium {

/// A strip across the window that says one thing and offers at most one action. Stays until hidden; announces itself to screen
/// readers when shown.
class Banner : public QFrame {
  Q_OBJECT
 public:
  enum class Kind { Info, Warning, Danger };
  Banner(Kind kind, const QString& icon, QWidget* parent = nullptr);

  void setText(const QString& text);
  [[nodiscard]] QString text() const;
  void setAction(const QString& text);
  void setDismissible(bool dismissible);
  /// Shows it and announces it when it was hidden.
  void reveal();

 signals:
  void actionTriggered();
  void dismissed();

 private:
  QLabel* text_;
  QPushButton* action_;
  QToolButton* close_;
};

}  // namespace terrarium
