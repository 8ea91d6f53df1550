// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QAbstractTableModel>
#include <vector>

#include "backend/domain/snapshotinfo.h"

namespace terrarium {

/// The snapshots of one sandbox, as the engine lists them. Main thread; owned by its page.
class SnapshotModel : public QAbstractTableModel {
  Q_OBJECT
 public:
  enum Column { Name, Taken, Size, State, ColumnCount };
  using QAbstractTableModel::QAbstractTableModel;

  /// Keeps what is selected where the snapshot is still there.
  void replaceAll(const std::vector<SnapshotInfo>& infos);
  [[nodiscard]] const SnapshotInfo* at(int row) const;

  [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
  [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
  [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
  [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

 private:
  void put(const SnapshotInfo& info, int row);
  std::vector<SnapshotInfo> rows_;
};

}  // namespace terrarium
