// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QAbstractTableModel>
#include <QList>
#include <QSet>
#include <QVector>
#include <optional>
#include <vector>

#include "backend/api/events.h"
#include "backend/domain/sandboxinfo.h"

namespace terrarium {

/// The sandboxes as rows. Holds what the engine said last and nothing else; who feeds it calls the setters. Main thread.
class SandboxModel : public QAbstractTableModel {
  Q_OBJECT
 public:
  enum Column { Name, State, Template, Tags, Age, Deadline, Cpu, Memory, ColumnCount };
  enum Role {
    SortRole = Qt::UserRole,
    IdRole,        ///< QString
    StateRole,     ///< int of SandboxState
    TagsRole,      ///< QStringList of "key=value"
    HistoryRole,   ///< QList<qreal>, CPU percent, oldest first
    FractionRole,  ///< used memory, 0-1; invalid without statistics
    NearnessRole,  ///< int of DeadlineNearness
    LeavingRole,   ///< bool: deletion can still be undone
  };
  static constexpr int kHistory = 40;

  using QAbstractTableModel::QAbstractTableModel;

  void replaceAll(const std::vector<SandboxInfo>& infos);
  void put(const SandboxInfo& info);
  void remove(const SandboxId& id);
  void addStatistics(const SandboxStatistics& statistics);
  void setNow(WallTime now);
  void setLeaving(const SandboxId& id, bool leaving);

  [[nodiscard]] const SandboxInfo* find(const QString& id) const;
  [[nodiscard]] const SandboxInfo* at(int row) const;
  [[nodiscard]] const SandboxStatistics* statistics(const QString& id) const;
  [[nodiscard]] bool isLeaving(const QString& id) const;
  [[nodiscard]] int rowOf(const QString& id) const;

  [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
  [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
  [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
  [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

 private:
  struct Row {
    SandboxInfo info;
    std::optional<SandboxStatistics> statistics = {};
    QList<qreal> history = {};
    bool leaving = false;
  };
  [[nodiscard]] QString displayText(const Row& row, int column) const;
  [[nodiscard]] QString toolTip(const Row& row, int column) const;
  [[nodiscard]] QVariant sortKey(const Row& row, int column) const;
  [[nodiscard]] std::optional<std::chrono::seconds> remaining(const Row& row) const;

  std::vector<Row> rows_;
  WallTime now_ = std::chrono::system_clock::now();
};

/// The tags as "key=value", in key order.
[[nodiscard]] QStringList tagTexts(const Metadata& metadata);

}  // namespace terrarium
