// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/sandboxes/sandboxmodel.h"

#include <algorithm>
#include <set>

#include "ui/sandboxes/statelook.h"
#include "ui/widgets/humantext.h"

namespace terrarium {

QStringList tagTexts(const Metadata& metadata) {
  QStringList tags;
  for (const auto& [key, value] : metadata.entries())
    tags << (value.empty() ? toText(key) : toText(key) + QLatin1Char('=') + toText(value));
  return tags;
}

void SandboxModel::replaceAll(const std::vector<SandboxInfo>& infos) {
  if (rows_.empty()) {
    beginResetModel();
    for (const SandboxInfo& info : infos) rows_.push_back(Row{info});
    endResetModel();
    return;
  }
  // Row by row, so that what is selected stays selected.
  std::set<std::string> kept;
  for (const SandboxInfo& info : infos) kept.insert(info.id.value());
  for (int row = rowCount() - 1; row >= 0; --row)
    if (kept.count(at(row)->id.value()) == 0) remove(SandboxId(at(row)->id));
  for (const SandboxInfo& info : infos) put(info);
}

void SandboxModel::put(const SandboxInfo& info) {
  const int row = rowOf(toText(info.id.value()));
  if (row < 0) {
    const int end = rowCount();
    beginInsertRows({}, end, end);
    rows_.push_back(Row{info});
    endInsertRows();
    return;
  }
  Row& entry = rows_[static_cast<std::size_t>(row)];
  entry.info = info;
  if (info.state != SandboxState::Active) {
    entry.statistics.reset();
    entry.history.clear();
  }
  emit dataChanged(index(row, 0), index(row, ColumnCount - 1));
}

void SandboxModel::remove(const SandboxId& id) {
  const int row = rowOf(toText(id.value()));
  if (row < 0) return;
  beginRemoveRows({}, row, row);
  rows_.erase(rows_.begin() + row);
  endRemoveRows();
}

void SandboxModel::addStatistics(const SandboxStatistics& statistics) {
  const int row = rowOf(toText(statistics.id));
  if (row < 0) return;
  Row& entry = rows_[static_cast<std::size_t>(row)];
  if (entry.info.state != SandboxState::Active) return;
  entry.statistics = statistics;
  entry.history.append(statistics.cpuPercent);
  if (entry.history.size() > kHistory) entry.history.removeFirst();
  emit dataChanged(index(row, Cpu), index(row, Memory));
}

void SandboxModel::setNow(WallTime now) {
  now_ = now;
  if (!rows_.empty()) emit dataChanged(index(0, Age), index(rowCount() - 1, Deadline));
}

void SandboxModel::setLeaving(const SandboxId& id, bool leaving) {
  const int row = rowOf(toText(id.value()));
  if (row < 0) return;
  rows_[static_cast<std::size_t>(row)].leaving = leaving;
  emit dataChanged(index(row, 0), index(row, ColumnCount - 1));
}

const SandboxInfo* SandboxModel::find(const QString& id) const { return at(rowOf(id)); }

const SandboxInfo* SandboxModel::at(int row) const {
  return row >= 0 && row < rowCount() ? &rows_[static_cast<std::size_t>(row)].info : nullptr;
}

const SandboxStatistics* SandboxModel::statistics(const QString& id) const {
  const int row = rowOf(id);
  if (row < 0) return nullptr;
  const auto& statistics = rows_[static_cast<std::size_t>(row)].statistics;
  return statistics ? &*statistics : nullptr;
}

bool SandboxModel::isLeaving(const QString& id) const {
  const int row = rowOf(id);
  return row >= 0 && rows_[static_cast<std::size_t>(row)].leaving;
}

int SandboxModel::rowOf(const QString& id) const {
  const std::string wanted = id.toStdString();
  const auto it = std::find_if(rows_.begin(), rows_.end(), [&](const Row& row) { return row.info.id.value() == wanted; });
  return it == rows_.end() ? -1 : static_cast<int>(it - rows_.begin());
}

int SandboxModel::rowCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : static_cast<int>(rows_.size()); }

int SandboxModel::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : ColumnCount; }

std::optional<std::chrono::seconds> SandboxModel::remaining(const Row& row) const {
  if (const auto deadline = row.info.deadline()) return secondsBetween(now_, *deadline);
  return std::nullopt;
}

QString SandboxModel::displayText(const Row& row, int column) const {
  switch (column) {
    case Name:
      return toText(row.info.name.value());
    case State:
      return row.leaving ? tr("Leaving") : lookOf(row.info.state).word;
    case Template:
      return toText(row.info.templateName);
    case Tags:
      return tagTexts(row.info.metadata).join(QStringLiteral(", "));
    case Age:
      return ageText(secondsBetween(row.info.createdAt, now_));
    case Deadline: {
      const auto left = remaining(row);
      return left ? remainingText(*left) : tr("no limit");
    }
    case Cpu:
      return row.statistics ? tr("%1 %").arg(qRound(row.statistics->cpuPercent)) : QStringLiteral("–");
    case Memory:
      return row.statistics ? bytesText(row.statistics->memoryUsedBytes) : QStringLiteral("–");
    default:
      return {};
  }
}

QString SandboxModel::toolTip(const Row& row, int column) const {
  switch (column) {
    case State:
      return toText(row.info.problem);
    case Age:
      return tr("Created %1").arg(absoluteText(row.info.createdAt));
    case Deadline: {
      const auto deadline = row.info.deadline();
      return deadline ? tr("Destroyed %1, whatever its state").arg(absoluteText(*deadline)) : tr("Lives until it is deleted");
    }
    case Memory:
      return row.statistics ? tr("%1 of %2 used in the sandbox; costs %3 on this machine")
                                  .arg(bytesText(row.statistics->memoryUsedBytes), bytesText(row.statistics->memoryTotalBytes),
                                       bytesText(row.statistics->hostPssBytes))
                            : tr("Not running");
    case Name:
      return toText(row.info.id.value());
    case Tags:
      return tagTexts(row.info.metadata).join(QLatin1Char('\n'));
    default:
      return {};
  }
}

QVariant SandboxModel::sortKey(const Row& row, int column) const {
  switch (column) {
    case State:
      return static_cast<int>(row.info.state);
    case Age:
      return static_cast<qint64>(-row.info.createdAt.time_since_epoch().count());
    case Deadline: {
      const auto left = remaining(row);
      return left ? static_cast<qint64>(left->count()) : std::numeric_limits<qint64>::max();
    }
    case Cpu:
      return row.statistics ? row.statistics->cpuPercent : -1.0;
    case Memory:
      return row.statistics ? static_cast<qint64>(row.statistics->memoryUsedBytes) : qint64{-1};
    default:
      return displayText(row, column);
  }
}

QVariant SandboxModel::data(const QModelIndex& index, int role) const {
  if (!index.isValid() || index.row() >= rowCount()) return {};
  const Row& row = rows_[static_cast<std::size_t>(index.row())];
  switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
      return displayText(row, index.column());
    case Qt::ToolTipRole:
      return toolTip(row, index.column());
    case SortRole:
      return sortKey(row, index.column());
    case IdRole:
      return toText(row.info.id.value());
    case StateRole:
      return static_cast<int>(row.info.state);
    case TagsRole:
      return tagTexts(row.info.metadata);
    case HistoryRole:
      return QVariant::fromValue(row.history);
    case FractionRole:
      if (!row.statistics || row.statistics->memoryTotalBytes <= 0) return {};
      return static_cast<double>(row.statistics->memoryUsedBytes) / static_cast<double>(row.statistics->memoryTotalBytes);
    case NearnessRole: {
      const auto left = remaining(row);
      return static_cast<int>(left ? deadlineNearness(*left, row.info.timeout->value()) : DeadlineNearness::Far);
    }
    case LeavingRole:
      return row.leaving;
    default:
      return {};
  }
}

QVariant SandboxModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal || role != Qt::DisplayRole) return {};
  switch (section) {
    case Name:
      return tr("Name");
    case State:
      return tr("State");
    case Template:
      return tr("Template");
    case Tags:
      return tr("Tags");
    case Age:
      return tr("Age");
    case Deadline:
      return tr("Deadline");
    case Cpu:
      return tr("CPU");
    case Memory:
      return tr("Memory");
    default:
      return {};
  }
}

}  // namespace terrarium
