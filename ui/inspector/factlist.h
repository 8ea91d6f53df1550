// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QFormLayout>
#include <QLabel>
#include <QMap>
#include <QWidget>

namespace terrarium {

class CopyButton;

/// A list of named facts, each selectable and some with a button that copies it. A fact without a value is not shown.
class FactList : public QWidget {
  Q_OBJECT
 public:
  explicit FactList(QWidget* parent = nullptr);

  void add(const QString& key, const QString& title, bool copyable = false);
  void set(const QString& key, const QString& value, const QString& toolTip = {});
  [[nodiscard]] QString value(const QString& key) const;

 private:
  struct Fact {
    QWidget* row = nullptr;
    QLabel* value = nullptr;
    CopyButton* copy = nullptr;
  };
  QFormLayout* form_;
  QMap<QString, Fact> facts_;
};

}  // namespace terrarium
