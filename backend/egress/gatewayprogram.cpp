// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/egress/gatewayprogram.h"

#include <QFileInfo>
#include <QStringList>
#include <fcntl.h>
#include <grp.h>
#include <unistd.h>
#include <utility>

namespace terrarium {

namespace {

/// Between fork and exec: system calls only, because the engine has threads.
void becomeGateway(const std::vector<Descriptor>& sockets, const std::optional<UnprivilegedUser>& user) {
  for (const auto& socket : sockets) {
    if (::fcntl(socket.number(), F_SETFD, 0) != 0) ::_exit(127);
  }
  if (!user) return;
  if (::setgroups(0, nullptr) != 0 || ::setresgid(user->group, user->group, user->group) != 0 ||
      ::setresuid(user->user, user->user, user->user) != 0) {
    ::_exit(127);
  }
}

}  // namespace

GatewayProgram::GatewayProgram(const QString& program, std::vector<Descriptor> sockets, const std::optional<UnprivilegedUser>& user)
    : process_(new QProcess), sockets_(std::make_shared<std::vector<Descriptor>>(std::move(sockets))) {
  QStringList numbers;
  for (const auto& socket : *sockets_) numbers << QString::number(socket.number());
  process_->setProcessEnvironment({});
  process_->setStandardInputFile(QProcess::nullDevice());
  process_->setStandardOutputFile(QProcess::nullDevice());
  process_->setChildProcessModifier([sockets = sockets_, user] { becomeGateway(*sockets, user); });
  const auto name = QFileInfo(program).fileName();
  connect(process_, &QProcess::finished, this, [this, name](int code, QProcess::ExitStatus status) {
    const auto said = QString::fromUtf8(process_->readAllStandardError().right(512)).trimmed();
    const auto how = status == QProcess::CrashExit ? QStringLiteral("crashed") : QStringLiteral("ended with %1").arg(code);
    emit ended(QStringLiteral("%1 %2. %3").arg(name, how, said));
  });
  connect(process_, &QProcess::errorOccurred, this, [this, program](QProcess::ProcessError error) {
    if (error == QProcess::FailedToStart) emit ended(QStringLiteral("%1 could not be started.").arg(program));
  });
  process_->start(program, numbers, QIODevice::ReadOnly);
  // The child has its own copies now.
  sockets_->clear();
}

GatewayProgram::~GatewayProgram() {
  process_->disconnect(this);
  if (process_->state() == QProcess::NotRunning) {
    process_->deleteLater();
    return;
  }
  // It is gone in a moment, which nobody waits for.
  connect(process_, &QProcess::finished, process_, &QObject::deleteLater);
  process_->kill();
}

}  // namespace terrarium
