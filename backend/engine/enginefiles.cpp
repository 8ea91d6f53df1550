// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/engine/enginefiles.h"

#include "backend/engine/guardedstreams.h"
#include "backend/engine/reachability.h"

namespace terrarium {

Pending<std::vector<FileEntry>> EngineFiles::list(const SandboxId& id, const std::string& path) {
  const auto agent = agentFor(id, path);
  if (!agent) return settled<std::vector<FileEntry>>(failure(agent.error()));
  return (*agent)->list(path);
}

Pending<FileEntry> EngineFiles::stat(const SandboxId& id, const std::string& path) {
  const auto agent = agentFor(id, path);
  if (!agent) return settled<FileEntry>(failure(agent.error()));
  return (*agent)->stat(path);
}

std::unique_ptr<ReadStream> EngineFiles::read(const SandboxId& id, const std::string& path, const ByteRange& range) {
  const auto agent = agentFor(id, path);
  if (!agent) return std::make_unique<FailedReadStream>(agent.error());
  return std::make_unique<GuardedReadStream>((*agent)->read(path, range), lifecycle_, id);
}

std::unique_ptr<ReadStream> EngineFiles::readZip(const SandboxId& id, const std::string& path) {
  const auto agent = agentFor(id, path);
  if (!agent) return std::make_unique<FailedReadStream>(agent.error());
  return std::make_unique<GuardedReadStream>((*agent)->readZip(path), lifecycle_, id);
}

std::unique_ptr<WriteStream> EngineFiles::write(const SandboxId& id, const std::string& path) {
  const auto agent = agentFor(id, path);
  if (!agent) return std::make_unique<FailedWriteStream>(agent.error());
  return std::make_unique<GuardedWriteStream>((*agent)->write(path), lifecycle_, id);
}

Result<GuestAgent*> EngineFiles::agentFor(const SandboxId& id, const std::string& path) const {
  if (const auto good = checkedGuestPath(path); !good) return failure(good.error());
  if (const auto reachable = checkReachable(lifecycle_.find(id)); !reachable) return failure(reachable.error());
  const auto* running = machines_.find(id);
  if (!running) return failure(ErrorCode::Unavailable, "The sandbox is changing its state. Try again in a moment.");
  return running->agent.get();
}

}  // namespace terrarium
