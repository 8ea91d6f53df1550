// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QWidget>
#include <cstdint>
#include <optional>

class QCheckBox;
class QComboBox;
class QLabel;
class QSpinBox;

namespace terrarium {

/// A number of seconds as value and unit, or none. Says in words when that would be.
class DurationEdit : public QWidget {
  Q_OBJECT
 public:
  enum class Meaning { Lifetime, PausedTime };
  DurationEdit(const QString& name, const QString& checkLabel, Meaning meaning, QWidget* parent = nullptr);

  [[nodiscard]] std::optional<std::int64_t> seconds() const;
  void setSeconds(std::optional<std::int64_t> seconds);
  /// Counted from then instead of from now, for a sandbox that exists.
  void setStart(std::int64_t unixSeconds) { start_ = unixSeconds; }
  void refreshWords();

 signals:
  void changed();

 private:
  Meaning meaning_;
  QCheckBox* check_;
  QSpinBox* value_;
  QComboBox* unit_;
  QLabel* words_;
  std::int64_t start_ = 0;
};

}  // namespace terrarium
