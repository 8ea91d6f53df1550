// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/qemu/fingerprint.h"

#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>
#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <memory>
#include <openssl/evp.h>
#include <sys/stat.h>
#include <unistd.h>
#include <vector>

#include "backend/qemu/durablefile.h"
#include "backend/qemu/systemerror.h"
#include "backend/support/descriptor.h"

namespace terrarium {

namespace {
constexpr off_t kBlock = 64 * 1024;

/// OpenSSL's, whose calls may fail.
class Sha256 {
 public:
  void add(const void* bytes, std::size_t count) { good_ = good_ && EVP_DigestUpdate(context_.get(), bytes, count) == 1; }
  /// Empty when anything failed.
  std::string hex() {
    QByteArray digest(EVP_MAX_MD_SIZE, '\0');
    unsigned int length = 0;
    good_ = good_ && EVP_DigestFinal_ex(context_.get(), reinterpret_cast<unsigned char*>(digest.data()), &length) == 1;
    return good_ ? digest.left(static_cast<qsizetype>(length)).toHex().toStdString() : std::string();
  }

 private:
  std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context_{EVP_MD_CTX_new(), &EVP_MD_CTX_free};
  bool good_ = context_ && EVP_DigestInit_ex(context_.get(), EVP_sha256(), nullptr) == 1;
};

/// Where the next block with data begins, from `at` on; `size` when there is none, -1 when that cannot be known.
off_t nextData(int file, off_t at, off_t size) {
  if (at >= size) return size;
  const auto data = ::lseek(file, at, SEEK_DATA);
  if (data < 0) return errno == ENXIO ? size : -1;
  return std::max(at, data - data % kBlock);
}

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
  const auto unreadable = [&path] { return failure(systemError("The file \"" + path.toStdString() + "\" could not be read.")); };
  errno = 0;
  const Descriptor file(::open(QFile::encodeName(path).constData(), O_RDONLY | O_CLOEXEC));
  struct stat status {};
  if (!file.isOpen() || ::fstat(file.number(), &status) != 0) return unreadable();
  Sha256 sum;
  std::vector<char> block(kBlock);
  for (off_t at = 0;; at += kBlock) {
    if (auto open = gate_.pass(); !open) return failure(open.error());
    at = nextData(file.number(), at, status.st_size);
    if (at >= status.st_size) break;
    const auto got = at < 0 ? -1 : ::pread(file.number(), block.data(), block.size(), at);
    if (got <= 0) return unreadable();
    if (std::all_of(block.begin(), block.begin() + got, [](char c) { return c == 0; })) continue;
    sum.add(&at, sizeof(at));
    sum.add(block.data(), static_cast<std::size_t>(got));
  }
  sum.add(&status.st_size, sizeof(status.st_size));
  const auto digest = sum.hex();
  if (digest.empty()) return unreadable();
  return digest;
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
