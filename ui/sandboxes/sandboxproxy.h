// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QSortFilterProxyModel>

#include "ui/sandboxes/sandboxfilter.h"

namespace terrarium {

class SandboxModel;

/// Filters by the filter box and sorts by what a column means rather than by its words.
class SandboxProxy : public QSortFilterProxyModel {
  Q_OBJECT
 public:
  explicit SandboxProxy(SandboxModel& model, QObject* parent = nullptr);
  void setFilterText(const QString& text);

 protected:
  [[nodiscard]] bool filterAcceptsRow(int row, const QModelIndex& parent) const override;

 private:
  SandboxModel& model_;
  SandboxFilter filter_;
};

}  // namespace terrarium
