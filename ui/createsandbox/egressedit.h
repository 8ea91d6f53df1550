// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QWidget>
#include <string>
#include <vector>

class QPlainTextEdit;

namespace terrarium {

/// One list of egress rules, an entry per line; blank lines do not count. Marks the lines that are wrong.
class EgressEdit : public QWidget {
  Q_OBJECT
 public:
  EgressEdit(const QString& name, const QString& placeholder, QWidget* parent = nullptr);
  [[nodiscard]] std::vector<std::string> rules() const;
  void setRules(const std::vector<std::string>& rules);
  /// Numbers of entries as rules() counts them.
  void markWrong(const QList<int>& entries);
  [[nodiscard]] QPlainTextEdit* editor() const { return edit_; }

 signals:
  void changed();

 private:
  QPlainTextEdit* edit_;
};

}  // namespace terrarium
