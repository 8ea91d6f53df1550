// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/widgets/toastarea.h"

#include <QAccessible>
#include <QEvent>
#include <algorithm>

#include "ui/style/metrics.h"
#include "ui/widgets/notificationlog.h"

namespace terrarium {

namespace {
constexpr int kMostAtOnce = 4;
constexpr int kBottomGap = 44;  // clear of the status bar
}  // namespace

ToastArea::ToastArea(QWidget* host, NotificationLog& log) : QObject(host), host_(host), log_(log) {
  host->installEventFilter(this);
}

QPointer<Toast> ToastArea::post(ToastContent content) {
  log_.add(content.tone, content.text);
  auto* toast = new Toast(std::move(content), host_);
  connect(toast, &Toast::closed, this, [this, toast] {
    toasts_.removeOne(toast);
    toast->hide();
    toast->deleteLater();
    place();
  });
  toasts_.append(toast);
  // Oldest plain messages make room; one with an action stays reachable.
  for (Toast* old : QList<Toast*>(toasts_)) {
    if (toasts_.size() <= kMostAtOnce) break;
    if (!old->findChild<QWidget*>(QStringLiteral("toastAction"))) emit old->closed();
  }
  place();
  toast->show();
  toast->raise();
  QAccessibleEvent event(toast, QAccessible::Alert);
  QAccessible::updateAccessibility(&event);
  return toast;
}

bool ToastArea::eventFilter(QObject* watched, QEvent* event) {
  if (watched == host_ && event->type() == QEvent::Resize) place();
  return QObject::eventFilter(watched, event);
}

void ToastArea::place() {
  const int width = std::min(420, host_->width() - 2 * space::kLarge);
  int bottom = host_->height() - kBottomGap;
  for (auto it = toasts_.rbegin(); it != toasts_.rend(); ++it) {
    Toast* toast = *it;
    toast->setFixedWidth(width);
    const int height = std::max(toast->sizeHint().height(), toast->heightForWidth(width));
    toast->setGeometry(host_->width() - width - space::kLarge, bottom - height, width, height);
    bottom -= height + space::kSmall;
  }
}

}  // namespace terrarium
