// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/demo/demofiles.h"

#include "backend/demo/demotransfer.h"

namespace terrarium {

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
  const auto tree = treeFor(id, path);
  if (!tree) return std::make_unique<DemoReadStream>(id, events_, failure(tree.error()));
  return readFrom(**tree, id, events_, path, range);
}

std::unique_ptr<ReadStream> DemoFiles::readZip(const SandboxId& id, const std::string& path) {
  const auto tree = treeFor(id, path);
  if (!tree) return std::make_unique<DemoReadStream>(id, events_, failure(tree.error()));
  return readZipFrom(**tree, id, events_, path);
}

std::unique_ptr<WriteStream> DemoFiles::write(const SandboxId& id, const std::string& path) {
  const auto tree = treeFor(id, path);
  if (!tree) return std::make_unique<DemoWriteStream>(id, events_, failure(tree.error()), path);
  return writeTo(*tree, id, events_, path);
}

}  // namespace terrarium
