// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QTimer>
#include <memory>
#include <string>

#include "backend/api/files.h"
#include "backend/demo/demofiletree.h"
#include "backend/demo/demopresence.h"

namespace terrarium {

/// Hands out bytes that are known already, in chunks and no faster than they are consumed.
class DemoReadStream final : public ReadStream {
  Q_OBJECT
 public:
  struct Source {
    FileEntry entry;
    QByteArray bytes;
  };

  DemoReadStream(const SandboxId& id, const Events& events, Result<Source> source);
  void consumed(qint64 bytes) override;

 private:
  void step();
  void end(const std::optional<Error>& error);

  DemoPresence presence_;
  Result<Source> source_;
  QTimer timer_;
  qint64 sent_ = 0;
  qint64 unconsumed_ = 0;
  bool opened_ = false;
  bool ended_ = false;
};

/// Gathers bytes and puts them into the tree at the end.
class DemoWriteStream final : public WriteStream {
  Q_OBJECT
 public:
  DemoWriteStream(const SandboxId& id, const Events& events, Result<std::shared_ptr<DemoFileTree>> tree, std::string path);
  void write(const QByteArray& bytes) override;
  [[nodiscard]] qint64 pending() const override { return pending_; }
  void finish() override;

 private:
  void drain();
  void end(const std::optional<Error>& error);

  DemoPresence presence_;
  Result<std::shared_ptr<DemoFileTree>> tree_;
  std::string path_;
  QTimer timer_;
  QByteArray content_;
  qint64 pending_ = 0;
  bool finishing_ = false;
  bool ended_ = false;
};

/// A stream out of the tree; the errors of Files come through it.
[[nodiscard]] std::unique_ptr<ReadStream> readFrom(const DemoFileTree& tree, const SandboxId& id, const Events& events,
                                                   const std::string& path, const ByteRange& range);
[[nodiscard]] std::unique_ptr<ReadStream> readZipFrom(const DemoFileTree& tree, const SandboxId& id, const Events& events,
                                                      const std::string& path);
/// A stream into the tree, unless `path` cannot be written.
[[nodiscard]] std::unique_ptr<WriteStream> writeTo(const std::shared_ptr<DemoFileTree>& tree, const SandboxId& id,
                                                   const Events& events, const std::string& path);

}  // namespace terrarium
