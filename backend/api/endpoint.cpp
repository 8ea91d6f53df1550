// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/api/endpoint.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSaveFile>
#include <cerrno>
#include <csignal>

namespace terrarium {

QString endpointFile(const Directories& directories) { return directories.runtime + QStringLiteral("/endpoint.json"); }

Result<Endpoint> readEndpoint(const Directories& directories) {
  QFile file(endpointFile(directories));
  if (!file.open(QIODevice::ReadOnly)) return failure(ErrorCode::NotFound, "No engine is running for this user.");
  const auto object = QJsonDocument::fromJson(file.readAll()).object();
  Endpoint endpoint{QUrl(object.value(QLatin1String("url")).toString()), object.value(QLatin1String("api_key")).toString(),
                    object.value(QLatin1String("pid")).toInteger(), object.value(QLatin1String("version")).toString()};
  if (!endpoint.url.isValid() || endpoint.processId <= 0) {
    return failure(ErrorCode::NotFound, "The endpoint file is damaged.", file.fileName().toStdString());
  }
  if (::kill(static_cast<pid_t>(endpoint.processId), 0) != 0 && errno == ESRCH) {
    return failure(ErrorCode::NotFound, "The engine that wrote the endpoint file has ended.");
  }
  return endpoint;
}

Result<void> writeEndpoint(const Directories& directories, const Endpoint& endpoint) {
  QDir().mkpath(directories.runtime);
  QFile::setPermissions(directories.runtime, QFileDevice::ReadOwner | QFileDevice::WriteOwner | QFileDevice::ExeOwner);
  QSaveFile file(endpointFile(directories));
  if (!file.open(QIODevice::WriteOnly)) {
    return failure(ErrorCode::FileSystem, "The endpoint file cannot be written: " + file.errorString().toStdString());
  }
  file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner);
  file.write(QJsonDocument(QJsonObject{{QStringLiteral("url"), endpoint.url.toString()},
                                       {QStringLiteral("api_key"), endpoint.apiKey},
                                       {QStringLiteral("pid"), endpoint.processId},
                                       {QStringLiteral("version"), endpoint.version}})
                 .toJson(QJsonDocument::Compact));
  if (!file.commit()) {
    return failure(ErrorCode::FileSystem, "The endpoint file cannot be written: " + file.errorString().toStdString());
  }
  return {};
}

}  // namespace terrarium
