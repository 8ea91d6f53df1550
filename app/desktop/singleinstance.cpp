// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/desktop/singleinstance.h"

#include <QDir>
#include <QLocalSocket>

namespace terrarium {

namespace {
constexpr int kPatienceMs = 1000;
}

SingleInstance::SingleInstance(const QString& directory)
    : socket_(directory + QStringLiteral("/window.socket")), lock_(directory + QStringLiteral("/window.lock")) {
  QDir().mkpath(directory);
  lock_.setStaleLockTime(0);  // only the end of its process frees it
}

bool SingleInstance::claim() {
  if (!lock_.tryLock()) {
    QLocalSocket other;
    other.connectToServer(socket_);
    // Before the event loop runs, in a process that is about to end.
    other.waitForConnected(kPatienceMs);
    return false;
  }
  QLocalServer::removeServer(socket_);
  server_.setSocketOptions(QLocalServer::UserAccessOption);
  connect(&server_, &QLocalServer::newConnection, this, [this] {
    delete server_.nextPendingConnection();
    emit raiseRequested();
  });
  server_.listen(socket_);
  return true;
}

}  // namespace terrarium
