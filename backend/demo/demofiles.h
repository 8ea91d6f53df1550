// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QObject>
#include <map>
#include <memory>

#include "backend/api/events.h"
#include "backend/api/files.h"
#include "backend/demo/demofiletree.h"
#include "backend/demo/demosandboxes.h"

namespace terrarium {

/// The files of the demonstration engine: one tree per sandbox, made when it is first looked at.
class DemoFiles final : public QObject, public Files {
  Q_OBJECT
 public:
  DemoFiles(const Clock& clock, const Events& events, const DemoSandboxes& sandboxes);

  Pending<std::vector<FileEntry>> list(const SandboxId& id, const std::string& path) override;
  Pending<FileEntry> stat(const SandboxId& id, const std::string& path) override;
  [[nodiscard]] std::unique_ptr<ReadStream> read(const SandboxId& id, const std::string& path, const ByteRange& range) override;
  [[nodiscard]] std::unique_ptr<ReadStream> readZip(const SandboxId& id, const std::string& path) override;
  [[nodiscard]] std::unique_ptr<WriteStream> write(const SandboxId& id, const std::string& path) override;

  /// The tree of an active sandbox.
  [[nodiscard]] Result<std::shared_ptr<DemoFileTree>> treeOf(const SandboxId& id);

 private:
  [[nodiscard]] Result<std::shared_ptr<DemoFileTree>> treeFor(const SandboxId& id, const std::string& path);

  const Clock& clock_;
  const Events& events_;
  const DemoSandboxes& sandboxes_;
  std::map<SandboxId, std::shared_ptr<DemoFileTree>> trees_;
};

/// "sandbox-" and eight characters of the identity.
[[nodiscard]] std::string demoHostname(const SandboxId& id);

}  // namespace terrarium
