// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QObject>

namespace terrarium {

/// Turns SIGTERM, SIGINT and SIGHUP of this process into a Qt signal. One per process, made before any thread.
class StopSignals : public QObject {
  Q_OBJECT
 public:
  explicit StopSignals(QObject* parent = nullptr);
  ~StopSignals() override;

 signals:
  void received();

 private:
  int readEnd_ = -1;
};

}  // namespace terrarium
