// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/snapshots/snapshotmodel.h"

#include <algorithm>

#include "ui/widgets/humantext.h"

namespace terrarium {

namespace {

QString stateText(SnapshotStatus status) {
  switch (status) {
    case SnapshotStatus::Creating:
      return SnapshotModel::tr("Being taken");
    case SnapshotStatus::Ready:
      return SnapshotModel::tr("Ready");
    case SnapshotStatus::Failed:
      return SnapshotModel::tr("Failed");
    case SnapshotStatus::Deleting:
      return SnapshotModel::tr("Being deleted");
  }
  return {};
}

}  // namespace

void SnapshotModel::replaceAll(const std::vector<SnapshotInfo>& infos) {
  for (int row = rowCount() - 1; row >= 0; --row) {
    const auto& id = rows_[static_cast<std::size_t>(row)].id;
    if (std::any_of(infos.begin(), infos.end(), [&](const SnapshotInfo& info) { return info.id == id; })) continue;
    beginRemoveRows({}, row, row);
    rows_.erase(rows_.begin() + row);
    endRemoveRows();
  }
  int row = 0;
  for (const SnapshotInfo& info : infos) put(info, row++);
}

void SnapshotModel::put(const SnapshotInfo& info, int row) {
  const auto known = std::find_if(rows_.begin(), rows_.end(), [&](const SnapshotInfo& r) { return r.id == info.id; });
  if (known != rows_.end()) {
    *known = info;
    const int at = static_cast<int>(known - rows_.begin());
    emit dataChanged(index(at, 0), index(at, ColumnCount - 1));
    return;
  }
  const int at = std::min(row, rowCount());
  beginInsertRows({}, at, at);
  rows_.insert(rows_.begin() + at, info);
  endInsertRows();
}

const SnapshotInfo* SnapshotModel::at(int row) const {
  return row >= 0 && row < rowCount() ? &rows_[static_cast<std::size_t>(row)] : nullptr;
}

int SnapshotModel::rowCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : static_cast<int>(rows_.size()); }
int SnapshotModel::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : ColumnCount; }

QVariant SnapshotModel::data(const QModelIndex& index, int role) const {
  const SnapshotInfo* info = index.isValid() ? at(index.row()) : nullptr;
  if (!info) return {};
  if (role == Qt::ToolTipRole) return index.column() == Taken ? absoluteText(info->createdAt) : toText(info->id.value());
  if (role != Qt::DisplayRole) return {};
  switch (index.column()) {
    case Name:
      return toText(info->name.value());
    case Taken:
      return absoluteText(info->createdAt);
    case Size:
      return info->sizeBytes > 0 ? bytesText(info->sizeBytes) : QStringLiteral("–");
    case State:
      return stateText(info->status);
    default:
      return {};
  }
}

QVariant SnapshotModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal || role != Qt::DisplayRole) return {};
  switch (section) {
    case Name:
      return tr("Name");
    case Taken:
      return tr("Taken");
    case Size:
      return tr("On disk");
    case State:
      return tr("State");
    default:
      return {};
  }
}

}  // namespace terrarium
