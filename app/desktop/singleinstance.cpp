// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/desktop/singleinstance.h"

#include <QDir>
#include <QFile>
#include <QLocalSocket>
#include <QTimer>

namespace terrarium {

SingleInstance::SingleInstance(const QString& directory, QObject* parent)
    : QObject(parent), socketPath_(directory + QStringLiteral("/window.sock")), lock_(directory + QStringLiteral("/window.lock")) {
  QDir().mkpath(directory);
  QFile::setPermissions(directory, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
  lock_.setStaleLockTime(0);
  server_.setSocketOptions(QLocalServer::UserAccessOption);
  connect(&server_, &QLocalServer::newConnection, this, [this] {
    while (QLocalSocket* socket = server_.nextPendingConnection()) {
      connect(socket, &QLocalSocket::disconnected, socket, &QObject::deleteLater);
      socket->disconnectFromServer();
      emit raiseRequested();
    }
  });
}

bool SingleInstance::claim() {
  if (!lock_.tryLock()) return false;
  QLocalServer::removeServer(socketPath_);
  server_.listen(socketPath_);
  return true;
}

void SingleInstance::knock() {
  knocking_ = true;
  auto* socket = new QLocalSocket(this);
  connect(socket, &QLocalSocket::disconnected, this, &SingleInstance::settleKnock);
  connect(socket, &QLocalSocket::errorOccurred, this, &SingleInstance::settleKnock);
  QTimer::singleShot(3000, this, &SingleInstance::settleKnock);
  socket->connectToServer(socketPath_);
}

void SingleInstance::settleKnock() {
  if (!knocking_) return;
  knocking_ = false;
  emit delivered();
}

}  // namespace terrarium
