// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/engine/operations/clonesandbox.h"

#include <utility>

namespace terrarium {

CloneSandbox::CloneSandbox(EngineParts& parts, const SandboxRecord& source, const SandboxName& name, const std::string& snapshotId)
    : NewSandboxOperation({randomUuid(), OperationKind::Create, randomUuid(), name.value(), kStages}, parts),
      source_(source),
      name_(name),
      snapshotId_(snapshotId) {}

void CloneSandbox::begin() {
  if (const auto room = checkRoom(); !room) return fail(room.error());
  const auto& from = source_.info;
  const auto now = std::chrono::floor<std::chrono::microseconds>(parts_.clock.now());
  SandboxRecord record{{id_, name_, SandboxState::Starting, from.templateId, from.templateName, from.size, now}};
  record.info.timeout = from.timeout;
  record.info.autoDelete = from.autoDelete;
  record.info.egress = from.egress;
  record.info.metadata = from.metadata;
  record.info.secrets = from.secrets;
  record.info.previews = from.previews;
  record.envVars = source_.envVars;
  record.secrets = source_.secrets;
  record.defaults = source_.defaults;
  startFrom(std::move(record), snapshotId_);
}

}  // namespace terrarium
