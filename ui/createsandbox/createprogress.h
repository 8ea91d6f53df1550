// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QElapsedTimer>
#include <QTimer>
#include <QWidget>

class QLabel;
class QListWidget;
class QProgressBar;

namespace terrarium {

/// The page that shows a create on its way: stages done and under way, elapsed time, last line of the build log.
class CreateProgress : public QWidget {
  Q_OBJECT
 public:
  explicit CreateProgress(QWidget* parent = nullptr);
  void begin(const QString& phase);
  void show(const QString& phase, const QString& stage, double fraction, const QString& logLine);
  void end();
  [[nodiscard]] QStringList stages() const;

 private:
  QLabel* phase_;
  QLabel* elapsed_;
  QProgressBar* bar_;
  QListWidget* stages_;
  QLabel* log_;
  QElapsedTimer clock_;
  QTimer tick_;
};

}  // namespace terrarium
