// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/sandboxes/sandboxproxy.h"

#include "ui/sandboxes/sandboxmodel.h"

namespace terrarium {

SandboxProxy::SandboxProxy(SandboxModel& model, QObject* parent) : QSortFilterProxyModel(parent), model_(model) {
  setSourceModel(&model);
  setSortRole(SandboxModel::SortRole);
  setSortCaseSensitivity(Qt::CaseInsensitive);
  setSortLocaleAware(true);
  setDynamicSortFilter(true);
}

void SandboxProxy::setFilterText(const QString& text) {
  filter_ = SandboxFilter::parse(text);
  invalidateFilter();
}

bool SandboxProxy::filterAcceptsRow(int row, const QModelIndex&) const {
  const SandboxInfo* info = model_.at(row);
  return info && filter_.matches(*info);
}

}  // namespace terrarium
