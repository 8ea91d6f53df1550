// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QLocalServer>
#include <QLockFile>
#include <QObject>

namespace terrarium {

/// One window per user and home: the first start holds a lock and listens on a socket in the runtime directory; a later one knocks
/// there and ends.
class SingleInstance : public QObject {
  Q_OBJECT
 public:
  explicit SingleInstance(const QString& directory, QObject* parent = nullptr);

  /// True when this start is the first.
  [[nodiscard]] bool claim();
  /// Asks the first one to come to the front; delivered() follows, also when nobody answered.
  void knock();

 signals:
  void raiseRequested();
  void delivered();

 private:
  void settleKnock();
  QString socketPath_;
  QLockFile lock_;
  QLocalServer server_;
  bool knocking_ = false;
};

}  // namespace terrarium
