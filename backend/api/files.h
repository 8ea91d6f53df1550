// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QObject>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "backend/api/pending.h"
#include "backend/domain/sandboxid.h"

namespace terrarium {

struct FileEntry {
  std::string name;
  bool isDirectory = false;
  std::int64_t size = 0;
  std::int64_t modifiedUnix = 0;  ///< seconds since 1970
  std::uint32_t mode = 0;         ///< permission bits
  bool isSymlink = false;
};

/// Which bytes of a file: from `offset`, `length` of them or to the end.
struct ByteRange {
  std::int64_t offset = 0;
  std::optional<std::int64_t> length;
};

/// Bytes coming out of a sandbox. Starts by itself; opened() comes first, then chunks, then exactly one of finished() and failed().
/// Bounded like ExecSession: the producer waits for consumed(). Destroying it stops the transfer.
class ReadStream : public QObject {
  Q_OBJECT
 public:
  using QObject::QObject;
  virtual void consumed(qint64 bytes) = 0;

 signals:
  /// `entry.size` is that of the whole file; -1 when unknown (zip).
  void opened(const terrarium::FileEntry& entry);
  void chunkReceived(const QByteArray& bytes);
  void finished();
  void failed(const terrarium::Error& error);
};

/// Bytes going into a sandbox. Keep pending() bounded: wait for drained() above a few hundred KiB. After finish() exactly one of
/// stored() and failed() comes; failed() may come before, too. Destroying it earlier removes the partial file.
class WriteStream : public QObject {
  Q_OBJECT
 public:
  using QObject::QObject;
  virtual void write(const QByteArray& bytes) = 0;
  [[nodiscard]] virtual qint64 pending() const = 0;
  virtual void finish() = 0;

 signals:
  void drained();
  void stored(qint64 size);
  void failed(const terrarium::Error& error);
};

/// Files of a sandbox. Paths are absolute, without `..`, resolved beneath the guest's root. Errors: BadRequest, NotFound,
/// FileSystem, StorageFull, NotRunning.
class Files {
 public:
  virtual ~Files() = default;
  virtual Pending<std::vector<FileEntry>> list(const SandboxId& id, const std::string& path) = 0;
  virtual Pending<FileEntry> stat(const SandboxId& id, const std::string& path) = 0;
  [[nodiscard]] virtual std::unique_ptr<ReadStream> read(const SandboxId& id, const std::string& path, const ByteRange& range) = 0;
  /// The directory as a zip archive, entries under its base name.
  [[nodiscard]] virtual std::unique_ptr<ReadStream> readZip(const SandboxId& id, const std::string& path) = 0;
  /// Makes parents, truncates, mode 0644.
  [[nodiscard]] virtual std::unique_ptr<WriteStream> write(const SandboxId& id, const std::string& path) = 0;
};

/// Checks a path of a request: absolute, no `..` segment, no NUL, at most 4096 bytes. Errors name the field "path".
[[nodiscard]] Result<std::string> checkedGuestPath(std::string path);

}  // namespace terrarium

Q_DECLARE_METATYPE(terrarium::FileEntry)
