// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QList>
#include <QObject>

class QHeaderView;
class QSettings;
class QTableView;

namespace terrarium {

/// Makes the columns of a table as wide as the table allows, between a narrow and a comfortable width each, until a person drags
/// one. Owned by the table.
class ColumnFit : public QObject {
  Q_OBJECT
 public:
  struct Width {
    int narrow;
    int comfortable;
  };
  ColumnFit(QTableView* table, QList<Width> widths);

  /// Widths, order and visibility; widths only where a person chose them.
  void save(QSettings& settings, const QString& key) const;
  void restore(const QSettings& settings, const QString& key);

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  void fit();
  QTableView* table_;
  QHeaderView* header_;
  QList<Width> widths_;
  bool fitting_ = false;
  bool chosenByHand_ = false;
};

}  // namespace terrarium
