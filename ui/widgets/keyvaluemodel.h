// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QAbstractTableModel>
#include <QList>
#include <QMap>
#include <map>
#include <string>

namespace terrarium {

/// Rows of key and value with one blank row at the end to write into. Main thread; owned by its table.
class KeyValueModel : public QAbstractTableModel {
  Q_OBJECT
 public:
  using Entries = std::map<std::string, std::string>;
  KeyValueModel(const QString& keyTitle, const QString& valueTitle, QObject* parent = nullptr);

  [[nodiscard]] Entries entries() const;
  void setEntries(const Entries& entries);
  /// Sets the value of a key, in its row or in a new one.
  void put(const QString& key, const QString& value);
  [[nodiscard]] bool contains(const QString& key) const { return rowOfKey(key) >= 0; }
  [[nodiscard]] QString value(const QString& key) const;
  void removeRowAt(int row);
  /// Keys that stand in several rows.
  [[nodiscard]] QStringList duplicates() const;
  /// A message per key, shown in its row; the empty key stands for a row with a value but no key.
  void setErrors(const QMap<QString, QString>& errors);

  [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
  [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
  [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
  [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
  [[nodiscard]] Qt::ItemFlags flags(const QModelIndex& index) const override;
  bool setData(const QModelIndex& index, const QVariant& value, int role) override;

 signals:
  void edited();

 private:
  struct Row {
    QString key;
    QString value;
  };
  [[nodiscard]] int rowOfKey(const QString& key) const;
  QString titles_[2];
  QList<Row> rows_;
  QMap<QString, QString> errors_;
};

}  // namespace terrarium
