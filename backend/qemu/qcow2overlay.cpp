// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/qemu/qcow2overlay.h"

#include <QFile>
#include <QFileInfo>
#include <QtEndian>

#include "backend/qemu/systemerror.h"

namespace terrarium {

namespace {

// Layout: cluster 0 header, 1 refcount table, 2 first refcount block, 3 first-level table. Numbers are big-endian; the format is in
// QEMU's docs/interop/qcow2.txt.
constexpr quint32 kMagic = 0x514649fb;
constexpr quint32 kClusterBits = 16;
constexpr qint64 kCluster = qint64(1) << kClusterBits;
constexpr qint64 kPerFirstLevelEntry = kCluster * (kCluster / 8);
constexpr quint32 kHeaderLength = 104;
constexpr qint64 kBackingAt = 8;
constexpr qint64 kVirtualSizeAt = 24;
constexpr qint64 kEncryptionAt = 32;
constexpr qint64 kIncompatibleAt = 72;
constexpr int kUsedClusters = 4;

void put32(QByteArray& image, qint64 at, quint32 value) { qToBigEndian(value, image.data() + at); }
void put64(QByteArray& image, qint64 at, quint64 value) { qToBigEndian(value, image.data() + at); }

QByteArray emptyImage(qint64 virtualBytes) {
  QByteArray image(kUsedClusters * kCluster, '\0');
  put32(image, 0, kMagic);
  put32(image, 4, 3);  // version
  put32(image, 20, kClusterBits);
  put64(image, kVirtualSizeAt, quint64(virtualBytes));
  put32(image, 36, quint32((virtualBytes + kPerFirstLevelEntry - 1) / kPerFirstLevelEntry));
  put64(image, 40, quint64(3 * kCluster));  // first-level table
  put64(image, 48, quint64(kCluster));      // refcount table
  put32(image, 56, 1);                      // its clusters
  put32(image, 96, 4);                      // refcounts of 2^4 bits
  put32(image, 100, kHeaderLength);
  put64(image, kCluster, quint64(2 * kCluster));
  for (int i = 0; i < kUsedClusters; ++i) qToBigEndian(quint16(1), image.data() + 2 * kCluster + 2 * i);
  return image;
}

}  // namespace

Result<void> writeEmptyQcow2(const QString& path, qint64 virtualBytes) {
  if (virtualBytes <= 0 || virtualBytes > kPerFirstLevelEntry * (kCluster / 8)) {
    return failure(ErrorCode::Internal, "A disk of that size cannot be made.", std::to_string(virtualBytes));
  }
  QFile file(path);
  errno = 0;
  const bool done = file.open(QIODevice::WriteOnly | QIODevice::NewOnly) &&
                    file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner) &&
                    file.write(emptyImage(virtualBytes)) == kUsedClusters * kCluster && file.flush();
  if (!done) return failure(systemError("The disk \"" + path.toStdString() + "\" could not be made."));
  return {};
}

Result<void> checkPlainQcow2(const QString& path) {
  QFile file(path);
  if (!file.open(QIODevice::ReadOnly))
    return failure(systemError("The disk layer \"" + path.toStdString() + "\" could not be read."));
  const auto header = file.read(kHeaderLength);
  const bool plain = header.size() == qsizetype(kHeaderLength) && qFromBigEndian<quint32>(header.constData()) == kMagic &&
                     qFromBigEndian<quint64>(header.constData() + kBackingAt) == 0 &&
                     qFromBigEndian<quint32>(header.constData() + kEncryptionAt) == 0 &&
                     qFromBigEndian<quint64>(header.constData() + kIncompatibleAt) == 0;
  if (plain) return {};
  return failure(ErrorCode::Conflict, "The disk layer \"" + path.toStdString() + "\" is damaged or none of ours.");
}

Result<qint64> virtualBytesOf(const QString& layer) {
  QFile file(layer);
  if (!file.open(QIODevice::ReadOnly))
    return failure(systemError("The disk layer \"" + layer.toStdString() + "\" could not be read."));
  if (!layer.endsWith(QLatin1String(".qcow2"))) return file.size();
  const auto header = file.read(kHeaderLength);
  if (header.size() < qsizetype(kHeaderLength) || qFromBigEndian<quint32>(header.constData()) != kMagic) {
    return failure(ErrorCode::Conflict, "The disk layer \"" + layer.toStdString() + "\" is damaged.");
  }
  return qint64(qFromBigEndian<quint64>(header.constData() + kVirtualSizeAt));
}

}  // namespace terrarium
