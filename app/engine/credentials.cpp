// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/engine/credentials.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRandomGenerator>
#include <QSaveFile>

namespace terrarium {

namespace {
constexpr qsizetype kSeedBytes = 32;

QByteArray randomBytes(qsizetype count) {
  QByteArray bytes(count, Qt::Uninitialized);
  for (auto& byte : bytes) byte = static_cast<char>(QRandomGenerator::system()->bounded(256));
  return bytes;
}
}  // namespace

Result<Credentials> Credentials::loadOrCreate(const QString& path) {
  QFile existing(path);
  if (existing.open(QIODevice::ReadOnly)) {
    const auto object = QJsonDocument::fromJson(existing.readAll()).object();
    Credentials found{object.value(QLatin1String("api_key")).toString(),
                      QByteArray::fromHex(object.value(QLatin1String("token_seed")).toString().toLatin1())};
    if (!found.apiKey.isEmpty() && found.tokenSeed.size() == kSeedBytes) return found;
    existing.close();
    QFile::rename(path, path + QStringLiteral(".damaged"));
  } else if (existing.exists()) {
    return failure(ErrorCode::FileSystem, "The file with the engine's keys cannot be read: " + path.toStdString());
  }
  Credentials made{QStringLiteral("terrarium_") + QString::fromLatin1(randomBytes(24).toHex()), randomBytes(kSeedBytes)};
  QSaveFile file(path);
  const bool opened = file.open(QIODevice::WriteOnly);
  if (opened) {
    file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner);
    file.write(QJsonDocument(QJsonObject{{QStringLiteral("api_key"), made.apiKey},
                                         {QStringLiteral("token_seed"), QString::fromLatin1(made.tokenSeed.toHex())}})
                   .toJson(QJsonDocument::Compact));
  }
  if (!opened || !file.commit()) {
    return failure(ErrorCode::FileSystem, "The file with the engine's keys cannot be written: " + file.errorString().toStdString());
  }
  return made;
}

}  // namespace terrarium
