// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QObject>
#include <QSettings>

#include "backend/api/facade.h"
#include "ui/mainwindow.h"

namespace terrarium {

/// Draws the main screens of the window, light and dark, into PNG files, then says that it is done. For the documentation.
class Screenshots : public QObject {
  Q_OBJECT
 public:
  Screenshots(MainWindow& window, Theme& theme, QString directory);
  void start();

 signals:
  void finished(bool allWritten);

 private:
  void step();
  void shoot(const char* name);

  MainWindow& window_;
  Theme& theme_;
  QString directory_;
  int step_ = 0;
  bool allWritten_ = true;
};

}  // namespace terrarium
