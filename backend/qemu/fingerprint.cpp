// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/qemu/fingerprint.h"

#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>
#include <memory>
#include <openssl/evp.h>

#include "backend/qemu/durablefile.h"
#include "backend/qemu/systemerror.h"

namespace terrarium {

namespace {
constexpr qint64 kPiece = qint64(1) << 20;

Failure damaged(const QString& path) {
  return failure(ErrorCode::Conflict,
                 "The file \"" + path.toStdString() + "\" is damaged: its content changed. Rebuild the template.");
}
}  // namespace

Result<std::map<QString, QString>> Fingerprint::paths() const {
  const auto stored = set_.read();
  if (!stored) return failure(stored.error());
  std::map<QString, QString> paths{{QStringLiteral("ram"), set_.ram()}, {QStringLiteral("state"), set_.state()}};
  for (const auto& layer : stored->manifest.layers)
    paths.emplace(QStringLiteral("layer:") + QString::fromStdString(layer), layers_.path(layer));
  return paths;
}

Result<std::string> Fingerprint::hash(const QString& path) const {
  QFile file(path);
  errno = 0;
  if (!file.open(QIODevice::ReadOnly | QIODevice::Unbuffered)) {
    return failure(systemError("The file \"" + path.toStdString() + "\" could not be read."));
  }
  const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(), &EVP_MD_CTX_free);
  bool good = context && EVP_DigestInit_ex(context.get(), EVP_sha256(), nullptr) == 1;
  QByteArray piece(kPiece, Qt::Uninitialized);
  for (qint64 got = 1; good && got > 0;) {
    if (stop_) return failure(ErrorCode::Cancelled, "The engine is stopping.");
    got = file.read(piece.data(), kPiece);
    good = got >= 0 && EVP_DigestUpdate(context.get(), piece.constData(), static_cast<std::size_t>(std::max<qint64>(got, 0))) == 1;
  }
  QByteArray digest(EVP_MAX_MD_SIZE, '\0');
  unsigned int length = 0;
  good = good && EVP_DigestFinal_ex(context.get(), reinterpret_cast<unsigned char*>(digest.data()), &length) == 1;
  if (!good) return failure(systemError("The file \"" + path.toStdString() + "\" could not be read."));
  return digest.left(static_cast<qsizetype>(length)).toHex().toStdString();
}

Result<void> Fingerprint::write() const {
  if (QFileInfo::exists(file())) return {};
  const auto all = paths();
  if (!all) return failure(all.error());
  QJsonObject object;
  for (const auto& [name, path] : *all) {
    const auto hashed = hash(path);
    if (!hashed) return failure(hashed.error());
    object.insert(name, QString::fromStdString(*hashed));
  }
  auto done = writeDurably(file(), QJsonDocument(object).toJson());
  if (done) done = seal(file());
  return done;
}

Result<void> Fingerprint::verify() const {
  const auto stored = set_.read();
  if (!stored) return failure(stored.error());
  if (auto sound = set_.verify(*stored); !sound) return sound;
  if (auto chain = layers_.chain(*stored); !chain) return failure(chain.error());
  QFile known(file());
  if (!known.open(QIODevice::ReadOnly)) return failure(ErrorCode::NotFound, "The snapshot has no fingerprint yet.");
  const auto object = QJsonDocument::fromJson(known.readAll()).object();
  const auto all = paths();
  if (!all) return failure(all.error());
  for (const auto& [name, path] : *all) {
    const auto hashed = hash(path);
    if (!hashed) return failure(hashed.error());
    if (object.value(name).toString().toStdString() != *hashed) return damaged(path);
  }
  return {};
}

}  // namespace terrarium
