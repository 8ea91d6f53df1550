// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/widgets/keyvaluemodel.h"

#include "ui/style/icons.h"
#include "ui/widgets/humantext.h"

namespace terrarium {

KeyValueModel::KeyValueModel(const QString& keyTitle, const QString& valueTitle, QObject* parent)
    : QAbstractTableModel(parent), titles_{keyTitle, valueTitle} {}

KeyValueModel::Entries KeyValueModel::entries() const {
  Entries entries;
  for (const Row& row : rows_)
    if (!row.key.isEmpty() || !row.value.isEmpty()) entries[row.key.toStdString()] = row.value.toStdString();
  return entries;
}

void KeyValueModel::setEntries(const Entries& entries) {
  beginResetModel();
  rows_.clear();
  for (const auto& [key, value] : entries) rows_.append({toText(key), toText(value)});
  endResetModel();
  emit edited();
}

int KeyValueModel::rowOfKey(const QString& key) const {
  for (qsizetype i = 0; i < rows_.size(); ++i)
    if (rows_[i].key == key) return static_cast<int>(i);
  return -1;
}

QString KeyValueModel::value(const QString& key) const {
  const int row = rowOfKey(key);
  return row < 0 ? QString() : rows_[row].value;
}

void KeyValueModel::put(const QString& key, const QString& value) {
  int row = rowOfKey(key);
  if (row < 0) {
    row = static_cast<int>(rows_.size());
    beginInsertRows({}, row, row);
    rows_.append({key, value});
    endInsertRows();
  } else {
    rows_[row].value = value;
    emit dataChanged(index(row, 0), index(row, 1));
  }
  emit edited();
}

void KeyValueModel::removeRowAt(int row) {
  if (row < 0 || row >= rows_.size()) return;
  beginRemoveRows({}, row, row);
  rows_.removeAt(row);
  endRemoveRows();
  emit edited();
}

QStringList KeyValueModel::duplicates() const {
  QStringList seen, twice;
  for (const Row& row : rows_) {
    if (!row.key.isEmpty() && seen.contains(row.key) && !twice.contains(row.key)) twice << row.key;
    seen << row.key;
  }
  return twice;
}

void KeyValueModel::setErrors(const QMap<QString, QString>& errors) {
  if (errors == errors_) return;
  errors_ = errors;
  if (!rows_.isEmpty()) emit dataChanged(index(0, 0), index(rowCount() - 1, 1));
}

int KeyValueModel::rowCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : static_cast<int>(rows_.size()) + 1; }
int KeyValueModel::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : 2; }

QVariant KeyValueModel::data(const QModelIndex& index, int role) const {
  if (!index.isValid()) return {};
  if (index.row() >= rows_.size()) {
    if (role == Qt::DisplayRole && index.column() == 0) return tr("Add…");
    if (role == Qt::ForegroundRole) return Colors::of(QPalette()).textMuted;
    return {};
  }
  const Row& row = rows_[index.row()];
  const QString error = row.key.isEmpty() && row.value.isEmpty() ? QString() : errors_.value(row.key);
  switch (role) {
    case Qt::DisplayRole:
    case Qt::EditRole:
      return index.column() == 0 ? row.key : row.value;
    case Qt::ToolTipRole:
      return error.isEmpty() ? QVariant() : error;
    case Qt::AccessibleDescriptionRole:
      return error;
    case Qt::DecorationRole:
      if (index.column() != 0 || error.isEmpty()) return {};
      return symbolIcon(QStringLiteral("circle-alert"), Tone::Danger);
    default:
      return {};
  }
}

QVariant KeyValueModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal || role != Qt::DisplayRole || section > 1) return {};
  return titles_[section];
}

Qt::ItemFlags KeyValueModel::flags(const QModelIndex& index) const {
  return index.isValid() ? Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsEditable : Qt::NoItemFlags;
}

bool KeyValueModel::setData(const QModelIndex& index, const QVariant& value, int role) {
  if (!index.isValid() || role != Qt::EditRole) return false;
  const QString text = value.toString();
  // "KEY=value" typed as one, as people do.
  const bool hasValue = index.row() < rows_.size() && !rows_[index.row()].value.isEmpty();
  if (const qsizetype equals = text.indexOf(QLatin1Char('=')); index.column() == 0 && equals > 0 && !hasValue) {
    return setData(index, text.left(equals), role) && setData(index.siblingAtColumn(1), text.mid(equals + 1), role);
  }
  if (index.row() >= rows_.size()) {
    if (text.isEmpty()) return false;
    const int row = static_cast<int>(rows_.size());
    beginInsertRows({}, row, row);
    rows_.append(index.column() == 0 ? Row{text, {}} : Row{{}, text});
    endInsertRows();
  } else {
    (index.column() == 0 ? rows_[index.row()].key : rows_[index.row()].value) = text;
    emit dataChanged(index, index);
  }
  emit edited();
  return true;
}

}  // namespace terrarium
