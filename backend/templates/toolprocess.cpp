// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/templates/toolprocess.h"

#include <QProcess>
#include <QTimer>
#include <chrono>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace terrarium {

namespace {

using namespace std::chrono_literals;
constexpr qsizetype kMaxLine = 4096;

QProcessEnvironment environmentFor(const ToolCommand& command) {
  auto environment = QProcessEnvironment::systemEnvironment();
  environment.insert(QStringLiteral("LC_ALL"), QStringLiteral("C.UTF-8"));
  environment.insert(QStringLiteral("DEBIAN_FRONTEND"), QStringLiteral("noninteractive"));
  // mke2fs and its like live where ordinary users have no search path.
  environment.insert(QStringLiteral("PATH"), environment.value(QStringLiteral("PATH")) + QStringLiteral(":/usr/sbin:/sbin"));
  for (const auto& entry : command.environment) {
    environment.insert(entry.section(QLatin1Char('='), 0, 0), entry.section(QLatin1Char('='), 1));
  }
  return environment;
}

}  // namespace

ToolCommand ToolCommand::asNamespaceRoot() const {
  QStringList unshare{QStringLiteral("--mount"), QStringLiteral("--pid"), QStringLiteral("--fork"), QStringLiteral("--kill-child")};
  if (::geteuid() != 0) unshare << QStringLiteral("--map-auto") << QStringLiteral("--map-root-user");
  unshare << QStringLiteral("--") << program << arguments;
  return {QStringLiteral("unshare"), unshare, directory, environment};
}

ToolProcess::ToolProcess(const ToolCommand& command, QObject* parent) : QObject(parent), process_(new QProcess) {
  process_->setProcessChannelMode(QProcess::MergedChannels);
  process_->setStandardInputFile(QProcess::nullDevice());
  process_->setProcessEnvironment(environmentFor(command));
  if (!command.directory.isEmpty()) process_->setWorkingDirectory(command.directory);
  process_->setChildProcessModifier([] {
    ::setpgid(0, 0);
    // The engine keeps its files to itself; programs that run under a subordinate id must be able to read these.
    ::umask(022);
    // A killed engine takes its builds along. The signal comes when the forking thread ends, and that is the engine's main thread.
    ::prctl(PR_SET_PDEATHSIG, SIGTERM);
  });
  connect(process_, &QProcess::readyRead, this, &ToolProcess::readLines);
  connect(process_, &QProcess::started, this, [this] { group_ = process_->processId(); });
  connect(process_, &QProcess::errorOccurred, this, [this](QProcess::ProcessError error) {
    if (error == QProcess::FailedToStart) end(process_->program() + QStringLiteral(" did not start: ") + process_->errorString());
  });
  connect(process_, &QProcess::finished, this, [this](int code, QProcess::ExitStatus status) {
    readLines();
    if (!pending_.isEmpty()) emit lineRead(QString::fromUtf8(std::exchange(pending_, {})));
    const auto how = status == QProcess::CrashExit ? QStringLiteral("signal") : QStringLiteral("status %1").arg(code);
    const bool good = status == QProcess::NormalExit && code == 0;
    end(good ? QString() : process_->program() + QStringLiteral(" ended with ") + how);
  });
  process_->setProgram(command.program);
  process_->setArguments(command.arguments);
  // Later, so that whoever made this has connected before the first signal.
  QTimer::singleShot(0, this, [this] { process_->start(); });
}

ToolProcess::~ToolProcess() {
  process_->disconnect(this);
  if (process_->state() == QProcess::NotRunning) {
    process_->deleteLater();
    return;
  }
  // ~QProcess would block until the program is gone, so the process object outlives this one.
  connect(process_, &QProcess::finished, process_, &QObject::deleteLater);
  const auto group = static_cast<pid_t>(process_->processId());
  if (group <= 0) return;
  ::kill(-group, SIGTERM);
  QTimer::singleShot(10s, process_, [group] { ::kill(-group, SIGKILL); });
}

void ToolProcess::readLines() {
  pending_ += process_->readAll();
  qsizetype start = 0;
  for (qsizetype i = 0; i < pending_.size(); ++i) {
    const bool ends = pending_[i] == '\n' || pending_[i] == '\r';
    if (!ends && i - start < kMaxLine) continue;
    if (i > start) emit lineRead(QString::fromUtf8(pending_.mid(start, i - start)));
    start = ends ? i + 1 : i;
  }
  pending_.remove(0, start);
}

void ToolProcess::end(const QString& problem) {
  if (std::exchange(done_, true)) return;
  emit finished(problem);
}

}  // namespace terrarium
