// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/engine/engineprocess.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QLoggingCategory>
#include <QUrl>
#include <sys/stat.h>
#include <unistd.h>

#include "app/engine/exitcodes.h"
#include "backend/api/endpoint.h"
#include "backend/support/opendescriptors.h"

namespace terrarium {

Q_LOGGING_CATEGORY(engineLog, "terrarium.engine")

namespace {
QString portFile(const Directories& directories) { return directories.state + QStringLiteral("/port"); }
}  // namespace

EngineProcess::EngineProcess(Directories directories, EngineOptions options)
    : directories_(std::move(directories)), options_(std::move(options)) {
  qSetMessagePattern(QStringLiteral("%{time yyyy-MM-ddTHH:mm:ss.zzz} %{type} %{category}: %{message}"));
  connect(&stopSignals_, &StopSignals::received, this, &EngineProcess::stop);
}

Result<void> EngineProcess::prepare() {
  ::umask(0077);
  raiseDescriptorLimit();
  for (const auto& path : {directories_.data, directories_.state, directories_.cache, directories_.runtime}) {
    if (!QDir().mkpath(path)) return failure(ErrorCode::FileSystem, "The directory " + path.toStdString() + " cannot be made.");
  }
  if (auto locked = lock_.acquire(directories_.state + QStringLiteral("/engine.lock")); !locked) return locked;
  auto credentials = Credentials::loadOrCreate(directories_.state + QStringLiteral("/credentials.json"));
  if (!credentials) return failure(credentials.error());
  credentials_ = *credentials;
  return {};
}

int EngineProcess::run() {
  const auto prepared = prepare();
  if (!prepared) {
    qCCritical(engineLog, "%s", prepared.error().message.c_str());
    return prepared.error().code == ErrorCode::Conflict ? kExitAlreadyRunning : kExitCannotStart;
  }
  composition_ =
      std::make_unique<Composition>(directories_, credentials_, Composition::Reach{options_.addresses, options_.hostNames});
  whenDone(composition_->start({options_.port != 0 ? options_.port : lastPort(), options_.port != 0}), this,
           [this](const Result<quint16>& port) {
             if (stopping_) return;
             if (port) return announce(*port);
             qCCritical(engineLog, "%s", port.error().message.c_str());
             QCoreApplication::exit(kExitCannotStart);
           });
  const int code = QCoreApplication::exec();
  composition_.reset();
  return code;
}

void EngineProcess::announce(quint16 port) {
  QFile remembered(portFile(directories_));
  if (remembered.open(QIODevice::WriteOnly)) remembered.write(QByteArray::number(port));
  const Endpoint endpoint{QUrl(QStringLiteral("http://127.0.0.1:%1").arg(port)), credentials_.apiKey, ::getpid(),
                          QStringLiteral(TERRARIUM_VERSION)};
  const auto written = writeEndpoint(directories_, endpoint);
  if (!written) {
    qCCritical(engineLog, "%s", written.error().message.c_str());
    return QCoreApplication::exit(kExitCannotStart);
  }
  qCInfo(engineLog, "listening on %s", qPrintable(endpoint.url.toString()));
}

quint16 EngineProcess::lastPort() const {
  QFile remembered(portFile(directories_));
  return remembered.open(QIODevice::ReadOnly) ? remembered.readAll().trimmed().toUShort() : quint16{0};
}

void EngineProcess::stop() {
  if (stopping_ || !composition_) return;
  stopping_ = true;
  qCInfo(engineLog, "stopping: pausing what is active");
  QFile::remove(endpointFile(directories_));
  whenDone(composition_->stop(), this, [](const Result<void>& stopped) {
    if (!stopped) qCWarning(engineLog, "%s", stopped.error().message.c_str());
    QCoreApplication::exit(kExitStopped);
  });
}

}  // namespace terrarium
