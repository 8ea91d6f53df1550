// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QFrame>

class QGridLayout;
class QLabel;
class QVBoxLayout;

namespace terrarium {

/// A titled frame; body() is where its content goes.
class Card : public QFrame {
  Q_OBJECT
 public:
  explicit Card(const QString& title, QWidget* parent = nullptr);
  [[nodiscard]] QVBoxLayout* body() const { return body_; }

  /// Adds a line "label: value", with a copy button when asked. The value can be selected.
  QLabel* addFact(const QString& label, bool copyable = false);
  /// Sets the value of a fact and what its copy button copies.
  void setFact(QLabel* fact, const QString& value);

 private:
  QVBoxLayout* body_;
  QGridLayout* facts_ = nullptr;
};

}  // namespace terrarium
