// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QToolButton>

namespace terrarium {

/// Copies a text and says so for a moment by a tick.
class CopyButton : public QToolButton {
  Q_OBJECT
 public:
  CopyButton(const QString& what, QWidget* parent = nullptr);
  void setContent(const QString& text) { text_ = text; }

 private:
  QString text_;
};

}  // namespace terrarium
