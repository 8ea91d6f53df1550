// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QAbstractListModel>
#include <QDateTime>
#include <QList>

#include "ui/style/colors.h"

namespace terrarium {

/// What the window has told, newest first, bounded; for the list behind the bell. Owned by the window.
class NotificationLog : public QAbstractListModel {
  Q_OBJECT
 public:
  static constexpr int kMost = 200;
  using QAbstractListModel::QAbstractListModel;

  void add(Tone tone, const QString& text);
  void markRead();
  [[nodiscard]] int unread() const { return unread_; }

  [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
  [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;

 signals:
  void unreadChanged(int unread);

 private:
  struct Entry {
    Tone tone;
    QString text;
    QDateTime at;
  };
  QList<Entry> entries_;
  int unread_ = 0;
};

}  // namespace terrarium
