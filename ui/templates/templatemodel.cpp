// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/templates/templatemodel.h"

#include <algorithm>

#include "ui/sandboxes/statelook.h"
#include "ui/widgets/humantext.h"

namespace terrarium {

QString machineSizeText(const MachineSize& size) {
  const QString cpus = TemplateModel::tr("%n vCPU(s)", nullptr, size.vcpus());
  return TemplateModel::tr("%1 · %2 memory · %3 disk")
      .arg(cpus, bytesText(size.memoryMib() << 20), bytesText(size.diskMib() << 20));
}

TemplateModel::TemplateModel(Facade& facade, QObject* parent) : QAbstractListModel(parent), facade_(facade) {
  connect(&facade.events(), &Events::templateChanged, this, [this](const TemplateInfo& info) { put(info); });
  connect(&facade.events(), &Events::connectionChanged, this, [this](bool connected) {
    if (connected) reload();
  });
  reload();
}

void TemplateModel::reload() {
  whenDone(facade_.templates().list(), this, [this](Result<std::vector<TemplateInfo>> list) {
    if (!list) return;
    beginResetModel();
    templates_ = std::move(*list);
    endResetModel();
  });
}

void TemplateModel::forget() {
  beginResetModel();
  templates_.clear();
  endResetModel();
}

void TemplateModel::put(const TemplateInfo& info) {
  const int row = rowOf(toText(info.id));
  if (row >= 0) {
    templates_[static_cast<std::size_t>(row)] = info;
    emit dataChanged(index(row), index(row));
    return;
  }
  const int end = rowCount();
  beginInsertRows({}, end, end);
  templates_.push_back(info);
  endInsertRows();
}

int TemplateModel::rowOf(const QString& nameOrId) const {
  const std::string wanted = nameOrId.toStdString();
  const auto it =
      std::find_if(templates_.begin(), templates_.end(), [&](const TemplateInfo& t) { return t.name == wanted || t.id == wanted; });
  return it == templates_.end() ? -1 : static_cast<int>(it - templates_.begin());
}

const TemplateInfo* TemplateModel::find(const QString& nameOrId) const { return at(rowOf(nameOrId)); }

const TemplateInfo* TemplateModel::at(int row) const {
  return row >= 0 && row < rowCount() ? &templates_[static_cast<std::size_t>(row)] : nullptr;
}

int TemplateModel::rowCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : static_cast<int>(templates_.size()); }

QVariant TemplateModel::data(const QModelIndex& index, int role) const {
  const TemplateInfo* info = index.isValid() ? at(index.row()) : nullptr;
  if (!info) return {};
  switch (role) {
    case Qt::DisplayRole:
    case NameRole:
      return toText(info->name);
    case Qt::AccessibleTextRole:
      return QStringLiteral("%1, %2, %3").arg(toText(info->name), lookOf(info->status).word, toText(info->description));
    case StatusRole:
      return static_cast<int>(info->status);
    case DescriptionRole:
      return toText(info->description);
    case SizeRole:
      return machineSizeText(info->size);
    case Qt::ToolTipRole:
      return toText(info->problem);
    default:
      return {};
  }
}

}  // namespace terrarium
