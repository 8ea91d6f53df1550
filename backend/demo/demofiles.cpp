// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/demo/demofiles.h"

#include "backend/demo/demotransfer.h"
#include "backend/demo/demozip.h"

namespace terrarium {

namespace {

Result<QByteArray> cut(const QByteArray& content, const ByteRange& range) {
  if (range.offset < 0 || (range.length && *range.length < 0)) {
    return failure(badRequest("range", "range has a negative number: offset and length from 0 are accepted."));
  }
  const auto begin = std::min<qint64>(range.offset, content.size());
  return content.mid(begin, std::min<qint64>(range.length.value_or(content.size()), content.size() - begin));
}

}  // namespace

std::string demoHostname(const SandboxId& id) { return "sandbox-" + id.value().substr(id.value().size() - 8); }

DemoFiles::DemoFiles(const Clock& clock, const Events& events, const DemoSandboxes& sandboxes)
    : clock_(clock), events_(events), sandboxes_(sandboxes) {
  connect(&events, &Events::sandboxRemoved, this, [this](const SandboxId& id) { trees_.erase(id); });
}

Result<std::shared_ptr<DemoFileTree>> DemoFiles::treeOf(const SandboxId& id) {
  if (auto active = sandboxes_.requireActive(id); !active) return failure(active.error());
  auto& tree = trees_[id];
  const auto now = std::chrono::duration_cast<std::chrono::seconds>(clock_.now().time_since_epoch()).count();
  if (!tree) tree = std::make_shared<DemoFileTree>(demoHostname(id), now);
  return tree;
}

Result<std::shared_ptr<DemoFileTree>> DemoFiles::treeFor(const SandboxId& id, const std::string& path) {
  if (auto checked = checkedGuestPath(path); !checked) return failure(checked.error());
  return treeOf(id);
}

Pending<std::vector<FileEntry>> DemoFiles::list(const SandboxId& id, const std::string& path) {
  const auto tree = treeFor(id, path);
  if (!tree) return settled<std::vector<FileEntry>>(failure(tree.error()));
  return settled<std::vector<FileEntry>>((*tree)->list(path));
}

Pending<FileEntry> DemoFiles::stat(const SandboxId& id, const std::string& path) {
  const auto tree = treeFor(id, path);
  if (!tree) return settled<FileEntry>(failure(tree.error()));
  return settled<FileEntry>((*tree)->stat(path));
}

std::unique_ptr<ReadStream> DemoFiles::read(const SandboxId& id, const std::string& path, const ByteRange& range) {
  const auto refuse = [&](const Error& error) { return std::make_unique<DemoReadStream>(id, events_, failure(error)); };
  const auto tree = treeFor(id, path);
  if (!tree) return refuse(tree.error());
  const auto entry = (*tree)->stat(path);
  if (!entry) return refuse(entry.error());
  if (entry->isDirectory) return refuse(badRequest("path", "path is a folder: give a file, or ask for the folder as zip."));
  const auto bytes = cut((*tree)->find(path)->content, range);
  if (!bytes) return refuse(bytes.error());
  return std::make_unique<DemoReadStream>(id, events_, DemoReadStream::Source{*entry, *bytes});
}

std::unique_ptr<ReadStream> DemoFiles::readZip(const SandboxId& id, const std::string& path) {
  const auto refuse = [&](const Error& error) { return std::make_unique<DemoReadStream>(id, events_, failure(error)); };
  const auto tree = treeFor(id, path);
  if (!tree) return refuse(tree.error());
  auto entry = (*tree)->stat(path);
  if (!entry) return refuse(entry.error());
  if (!entry->isDirectory) return refuse(badRequest("path", "path is a file: only a folder can be had as zip."));
  entry->size = -1;
  return std::make_unique<DemoReadStream>(id, events_, DemoReadStream::Source{*entry, zipOf(**tree, path)});
}

std::unique_ptr<WriteStream> DemoFiles::write(const SandboxId& id, const std::string& path) {
  auto tree = treeFor(id, path);
  if (tree) {
    if (auto checked = (*tree)->checkWritable(path); !checked) tree = failure(checked.error());
  }
  return std::make_unique<DemoWriteStream>(id, events_, std::move(tree), path);
}

}  // namespace terrarium
