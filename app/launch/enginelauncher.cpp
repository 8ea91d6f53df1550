// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/launch/enginelauncher.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QNetworkProxy>
#include <QNetworkReply>
#include <QProcess>
#include <QStandardPaths>
#include <algorithm>
#include <csignal>

namespace terrarium {

namespace {
constexpr std::chrono::milliseconds kPollEvery{60};
constexpr std::chrono::seconds kHealthPatience{3};
constexpr std::chrono::seconds kDeathGrace{2};
const QString kUnit = QStringLiteral("terrariumd.service");

// Portable homes have nothing to do with the unit of the session.
bool isPortable() { return !qEnvironmentVariableIsEmpty("TERRARIUM_HOME"); }

bool hasUnit() {
  QStringList folders{QDir::homePath() + QStringLiteral("/.config/systemd/user"), QStringLiteral("/etc/systemd/user"),
                      QStringLiteral("/usr/lib/systemd/user")};
  const auto isInstalled = [](const QString& folder) { return QFileInfo::exists(folder + QLatin1Char('/') + kUnit); };
  return std::any_of(folders.begin(), folders.end(), isInstalled);
}
}  // namespace

QString enginePath() {
  const auto beside = QCoreApplication::applicationDirPath() + QStringLiteral("/terrariumd");
  return QFileInfo(beside).isExecutable() ? beside : QStandardPaths::findExecutable(QStringLiteral("terrariumd"));
}

EngineLauncher::EngineLauncher(Directories directories, QObject* parent)
    : QObject(parent), directories_(std::move(directories)), program_(enginePath()) {
  network_.setProxy(QNetworkProxy::NoProxy);
  poll_.setInterval(kPollEvery);
  connect(&poll_, &QTimer::timeout, this, &EngineLauncher::look);
}

EngineLauncher::~EngineLauncher() = default;

QString EngineLauncher::logFile() const { return directories_.state + QStringLiteral("/engine.log"); }

void EngineLauncher::setProgram(const QString& program, const QStringList& arguments) {
  program_ = program;
  arguments_ = arguments;
}

Pending<Endpoint> EngineLauncher::probe() {
  auto endpoint = readEndpoint(directories_);
  if (!endpoint) return settled(std::move(endpoint));
  auto url = endpoint->url;
  url.setPath(url.path() + QStringLiteral("/health"));
  QNetworkRequest request(url);
  request.setTransferTimeout(static_cast<int>(std::chrono::milliseconds(kHealthPatience).count()));
  auto* reply = network_.get(request);
  const Resolver<Endpoint> resolver;
  connect(reply, &QNetworkReply::finished, this, [reply, resolver, endpoint] {
    reply->deleteLater();
    if (reply->error() == QNetworkReply::NoError) return resolver.resolve(*endpoint);
    resolver.resolve(failure(ErrorCode::NotFound, "The engine does not answer.", reply->errorString().toStdString()));
  });
  return resolver.pending();
}

Pending<Endpoint> EngineLauncher::find() { return probe(); }

Pending<Endpoint> EngineLauncher::ensureRunning() {
  if (waiting_) return waiting_->pending();
  waiting_ = std::make_unique<Resolver<Endpoint>>();
  auto pending = waiting_->pending();
  whenDone(probe(), this, [this](Result<Endpoint> endpoint) { endpoint ? finish(std::move(endpoint)) : begin(); });
  return pending;
}

void EngineLauncher::begin() {
  begun_ = std::chrono::steady_clock::now();
  QDir().mkpath(directories_.runtime);
  QFile::setPermissions(directories_.runtime, QFileDevice::ReadOwner | QFileDevice::WriteOwner | QFileDevice::ExeOwner);
  lock_ = std::make_unique<QLockFile>(directories_.runtime + QStringLiteral("/engine-start.lock"));
  lock_->setStaleLockTime(0);  // only the death of its owner frees it
  // Whoever does not get it waits for the engine that the other one starts.
  if (lock_->tryLock(0)) return launch();
  if (lock_->error() != QLockFile::LockFailedError) {
    return finish(failure(ErrorCode::Unavailable, "The folder " + directories_.runtime.toStdString() +
                                                      " cannot be written. Make it writable for this user."));
  }
  poll_.start();
}

void EngineLauncher::launch() {
  if (!launchUnit() && !launchProgram()) {
    const auto reason = program_.isEmpty()
                            ? std::string("The engine program terrariumd was not found beside this program or in PATH.")
                            : "The engine program " + program_.toStdString() + " could not be started.";
    return finish(failure(ErrorCode::Unavailable, reason));
  }
  poll_.start();
}

bool EngineLauncher::launchUnit() const {
  if (isPortable() || !arguments_.isEmpty() || !hasUnit()) return false;
  QProcess process;
  process.setProgram(QStringLiteral("systemctl"));
  process.setArguments({QStringLiteral("--user"), QStringLiteral("start"), QStringLiteral("--no-block"), kUnit});
  process.setStandardOutputFile(QProcess::nullDevice());
  process.setStandardErrorFile(QProcess::nullDevice());
  return !qEnvironmentVariableIsEmpty("DBUS_SESSION_BUS_ADDRESS") && process.startDetached();
}

bool EngineLauncher::launchProgram() {
  if (program_.isEmpty()) return false;
  QDir().mkpath(directories_.state);
  QProcess process;
  process.setProgram(program_);
  process.setArguments(arguments_);
  process.setStandardInputFile(QProcess::nullDevice());
  process.setStandardOutputFile(logFile(), QIODevice::Append);
  process.setStandardErrorFile(logFile(), QIODevice::Append);
  process.setWorkingDirectory(QStringLiteral("/"));
  return process.startDetached(&started_);
}

bool EngineLauncher::hasDied() const {
  // An engine that finds another one starting ends at once, so a death counts only when nobody has answered for a while.
  return started_ > 0 && ::kill(static_cast<pid_t>(started_), 0) != 0 && std::chrono::steady_clock::now() - begun_ > kDeathGrace;
}

void EngineLauncher::look() {
  poll_.stop();
  whenDone(probe(), this, [this](Result<Endpoint> endpoint) {
    if (endpoint) return finish(std::move(endpoint));
    if (hasDied()) {
      return finish(
          failure(ErrorCode::Unavailable, "The engine ended right after its start. Its log is " + logFile().toStdString() + "."));
    }
    if (std::chrono::steady_clock::now() - begun_ > patience_) {
      return finish(
          failure(ErrorCode::Unavailable, "The engine did not start in time. Its log is " + logFile().toStdString() + "."));
    }
    // The starter may have died before it started anything.
    if (!lock_->isLocked() && lock_->tryLock(0)) return launch();
    poll_.start();
  });
}

void EngineLauncher::finish(Result<Endpoint> result) {
  poll_.stop();
  lock_.reset();
  const auto waiting = std::move(waiting_);
  waiting->resolve(std::move(result));
}

}  // namespace terrarium
