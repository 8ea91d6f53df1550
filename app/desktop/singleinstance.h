// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QLocalServer>
#include <QLockFile>
#include <QObject>

namespace terrarium {

/// Keeps the window the only one of its user: a second start raises the first and ends.
class SingleInstance : public QObject {
  Q_OBJECT
 public:
  explicit SingleInstance(const QString& directory);

  /// False when another window runs; it has been asked to come to the front.
  [[nodiscard]] bool claim();

 signals:
  void raiseRequested();

 private:
  QString socket_;
  QLockFile lock_;
  QLocalServer server_;
};

}  // namespace terrarium
