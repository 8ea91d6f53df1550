// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QFrame>
#include <QString>
#include <functional>

#include "ui/style/colors.h"

class QTimer;

namespace terrarium {

/// What a toast says. The action, when there is one, is the next step ("Undo", "Open terminal").
struct ToastContent {
  Tone tone = Tone::Neutral;
  QString text;
  QString actionText = {};
  std::function<void()> action = {};
  int lifetimeMs = 7000;  ///< 0: stays until closed
};

/// One message in the corner of the window. Owned by ToastArea; closes itself when its time is up, which stops while the pointer or
/// the keyboard is on it.
class Toast : public QFrame {
  Q_OBJECT
 public:
  Toast(ToastContent content, QWidget* parent);
  [[nodiscard]] QString text() const { return content_.text; }
  void triggerAction();
  /// Its time is over: what it told of has ended.
  void dismiss() { finish(); }

 signals:
  void closed();

 protected:
  void enterEvent(QEnterEvent* event) override;
  void leaveEvent(QEvent* event) override;

 private:
  void finish();
  ToastContent content_;
  QTimer* timer_;
};

}  // namespace terrarium
