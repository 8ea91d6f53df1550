// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/demo/demotransfer.h"

#include "backend/demo/demozip.h"

namespace terrarium {

namespace {
constexpr qint64 kChunkBytes = 64LL * 1024;
constexpr qint64 kWindowBytes = 256LL * 1024;

Result<QByteArray> cut(const QByteArray& content, const ByteRange& range) {
  if (range.offset < 0 || (range.length && *range.length < 0)) {
    return failure(badRequest("range", "range has a negative number: offset and length from 0 are accepted."));
  }
  const auto begin = std::min<qint64>(range.offset, content.size());
  return content.mid(begin, std::min<qint64>(range.length.value_or(content.size()), content.size() - begin));
}
}  // namespace

DemoReadStream::DemoReadStream(const SandboxId& id, const Events& events, Result<Source> source)
    : presence_(id, events), source_(std::move(source)) {
  timer_.setSingleShot(true);
  connect(&timer_, &QTimer::timeout, this, &DemoReadStream::step);
  connect(&presence_, &DemoPresence::ended, this, [this](const Error& error) { end(error); });
  timer_.start(0);
}

void DemoReadStream::consumed(qint64 bytes) {
  unconsumed_ -= bytes;
  if (!ended_ && unconsumed_ < kWindowBytes && !timer_.isActive()) timer_.start(0);
}

void DemoReadStream::step() {
  if (ended_) return;
  if (!source_) return end(source_.error());
  if (!opened_) {
    opened_ = true;
    timer_.start(0);
    emit opened(source_->entry);
    return;
  }
  if (sent_ == source_->bytes.size()) return end(std::nullopt);
  if (unconsumed_ >= kWindowBytes) return;  // consumed() goes on
  const auto chunk = source_->bytes.mid(sent_, kChunkBytes);
  sent_ += chunk.size();
  unconsumed_ += chunk.size();
  timer_.start(0);
  emit chunkReceived(chunk);
}

void DemoReadStream::end(const std::optional<Error>& error) {
  if (ended_) return;
  ended_ = true;
  timer_.stop();
  if (error) {
    emit failed(*error);
  } else {
    emit finished();
  }
}

DemoWriteStream::DemoWriteStream(const SandboxId& id, const Events& events, Result<std::shared_ptr<DemoFileTree>> tree,
                                 std::string path)
    : presence_(id, events), tree_(std::move(tree)), path_(std::move(path)) {
  timer_.setSingleShot(true);
  connect(&timer_, &QTimer::timeout, this, &DemoWriteStream::drain);
  connect(&presence_, &DemoPresence::ended, this, [this](const Error& error) { end(error); });
  if (!tree_) timer_.start(0);
}

void DemoWriteStream::write(const QByteArray& bytes) {
  if (ended_ || finishing_) return;
  content_ += bytes;
  pending_ += bytes.size();
  timer_.start(0);
}

void DemoWriteStream::finish() {
  finishing_ = true;
  if (!ended_) timer_.start(0);
}

void DemoWriteStream::drain() {
  if (ended_) return;
  if (!tree_) return end(tree_.error());
  if (content_.size() > DemoFileTree::kMaxFileBytes) {
    return end(Error{ErrorCode::StorageFull, "The demonstration keeps files of at most 64 MiB.", {}, {}});
  }
  const bool hadSome = pending_ > 0;
  pending_ = 0;
  if (finishing_) {
    const auto written = (*tree_)->write(path_, content_);
    return end(written ? std::nullopt : std::optional<Error>(written.error()));
  }
  if (hadSome) emit drained();
}

void DemoWriteStream::end(const std::optional<Error>& error) {
  if (ended_) return;
  ended_ = true;
  timer_.stop();
  if (error) {
    emit failed(*error);
  } else {
    emit stored(content_.size());
  }
}

std::unique_ptr<ReadStream> readFrom(const DemoFileTree& tree, const SandboxId& id, const Events& events, const std::string& path,
                                     const ByteRange& range) {
  const auto source = [&]() -> Result<DemoReadStream::Source> {
    const auto entry = tree.stat(path);
    if (!entry) return failure(entry.error());
    if (entry->isDirectory) {
      return failure(badRequest("path", "path is a folder: give a file, or ask for the folder as zip."));
    }
    const auto bytes = cut(tree.find(path)->content, range);
    if (!bytes) return failure(bytes.error());
    return DemoReadStream::Source{*entry, *bytes};
  };
  return std::make_unique<DemoReadStream>(id, events, source());
}

std::unique_ptr<ReadStream> readZipFrom(const DemoFileTree& tree, const SandboxId& id, const Events& events,
                                        const std::string& path) {
  const auto source = [&]() -> Result<DemoReadStream::Source> {
    auto entry = tree.stat(path);
    if (!entry) return failure(entry.error());
    if (!entry->isDirectory) return failure(badRequest("path", "path is a file: only a folder can be had as zip."));
    entry->size = -1;
    return DemoReadStream::Source{*entry, zipOf(tree, path)};
  };
  return std::make_unique<DemoReadStream>(id, events, source());
}

std::unique_ptr<WriteStream> writeTo(const std::shared_ptr<DemoFileTree>& tree, const SandboxId& id, const Events& events,
                                     const std::string& path) {
  const auto checked = tree->checkWritable(path);
  if (!checked) return std::make_unique<DemoWriteStream>(id, events, failure(checked.error()), path);
  return std::make_unique<DemoWriteStream>(id, events, tree, path);
}

}  // namespace terrarium
