// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/widgets/notificationlog.h"

#include <QLocale>

#include "ui/style/icons.h"

namespace terrarium {

void NotificationLog::add(Tone tone, const QString& text) {
  if (entries_.size() >= kMost) {
    beginRemoveRows({}, kMost - 1, kMost - 1);
    entries_.removeLast();
    endRemoveRows();
  }
  beginInsertRows({}, 0, 0);
  entries_.prepend({tone, text, QDateTime::currentDateTime()});
  endInsertRows();
  emit unreadChanged(++unread_);
}

void NotificationLog::markRead() {
  unread_ = 0;
  emit unreadChanged(0);
}

int NotificationLog::rowCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : static_cast<int>(entries_.size()); }

QVariant NotificationLog::data(const QModelIndex& index, int role) const {
  if (!index.isValid()) return {};
  const Entry& entry = entries_.at(index.row());
  switch (role) {
    case Qt::DisplayRole:
      return QStringLiteral("%1   %2").arg(QLocale().toString(entry.at.time(), QStringLiteral("HH:mm")), entry.text);
    case Qt::ToolTipRole:
      return entry.text;
    case Qt::DecorationRole:
      return symbolIcon(entry.tone == Tone::Good                                    ? QStringLiteral("circle-check")
                        : entry.tone == Tone::Danger || entry.tone == Tone::Warning ? QStringLiteral("circle-alert")
                                                                                    : QStringLiteral("info"),
                        entry.tone);
    default:
      return {};
  }
}

}  // namespace terrarium
