// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QAbstractListModel>
#include <QList>

#include "backend/support/result.h"
#include "ui/connections/engineconnection.h"

class QSettings;

namespace terrarium {

/// The saved connections, this machine first; kept in the settings without their keys. Main thread; owned by the window.
class ConnectionModel : public QAbstractListModel {
  Q_OBJECT
 public:
  explicit ConnectionModel(QSettings& settings, QObject* parent = nullptr);

  /// Row 0 is this machine.
  [[nodiscard]] EngineConnection at(int row) const;
  [[nodiscard]] int rowOf(const QString& id) const;
  /// Changes the one with its identity, or adds it.
  void put(const EngineConnection& connection);
  /// This machine stays.
  void removeAt(int row);
  /// The one in use, marked in the list and used again by the next start.
  void setCurrent(const QString& id);
  [[nodiscard]] EngineConnection current() const;

  [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
  [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;

 private:
  void save();
  QSettings& settings_;
  QList<EngineConnection> saved_;
  QString current_;
};

/// An address as a person types it, checked. The error names the field "address".
[[nodiscard]] Result<QUrl> checkedEngineAddress(const QString& text);

}  // namespace terrarium
