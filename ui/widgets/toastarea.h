// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QList>
#include <QPointer>
#include <QWidget>

#include "ui/widgets/toast.h"

namespace terrarium {

class NotificationLog;

/// Stacks toasts in the lower right corner of its parent and keeps every text in the notification log. Owned by the window.
class ToastArea : public QObject {
  Q_OBJECT
 public:
  ToastArea(QWidget* host, NotificationLog& log);

  /// Shows it and announces it to screen readers. The pointer is empty once the toast is gone.
  QPointer<Toast> post(ToastContent content);
  [[nodiscard]] QList<Toast*> toasts() const { return toasts_; }

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  void place();
  QWidget* host_;
  NotificationLog& log_;
  QList<Toast*> toasts_;
};

}  // namespace terrarium
