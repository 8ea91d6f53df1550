// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QObject>

#include "backend/api/files.h"
#include "backend/engine/lifecycle.h"
#include "backend/engine/runningmachines.h"

namespace terrarium {

/// The Files facade: files of active sandboxes, through their agents. Engine thread.
class EngineFiles : public QObject, public Files {
  Q_OBJECT
 public:
  EngineFiles(const Lifecycle& lifecycle, const RunningMachines& machines) : lifecycle_(lifecycle), machines_(machines) {}

  Pending<std::vector<FileEntry>> list(const SandboxId& id, const std::string& path) override;
  Pending<FileEntry> stat(const SandboxId& id, const std::string& path) override;
  [[nodiscard]] std::unique_ptr<ReadStream> read(const SandboxId& id, const std::string& path, const ByteRange& range) override;
  [[nodiscard]] std::unique_ptr<ReadStream> readZip(const SandboxId& id, const std::string& path) override;
  [[nodiscard]] std::unique_ptr<WriteStream> write(const SandboxId& id, const std::string& path) override;

 private:
  /// Judges path and state.
  [[nodiscard]] Result<GuestAgent*> agentFor(const SandboxId& id, const std::string& path) const;

  const Lifecycle& lifecycle_;
  const RunningMachines& machines_;
};

}  // namespace terrarium
