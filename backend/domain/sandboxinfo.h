// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <optional>
#include <string>
#include <vector>

#include "backend/domain/egressrules.h"
#include "backend/domain/machinesize.h"
#include "backend/domain/metadata.h"
#include "backend/domain/previewsettings.h"
#include "backend/domain/sandboxid.h"
#include "backend/domain/sandboxname.h"
#include "backend/domain/sandboxstate.h"
#include "backend/domain/timeout.h"
#include "backend/support/clock.h"

namespace terrarium {

struct SecretBindingInfo {
  std::string envKey;
  std::string secretName;
  bool revoked = false;
  bool operator==(const SecretBindingInfo&) const = default;
};

/// What everybody may see of a sandbox. Environment values, tokens and paths are not in here.
struct SandboxInfo {
  SandboxId id;
  SandboxName name;
  SandboxState state;
  std::string templateId;
  std::string templateName;
  MachineSize size = MachineSize::standard();
  WallTime createdAt = {};
  std::optional<Timeout> timeout = {};
  std::optional<AutoDelete> autoDelete = {};
  std::optional<WallTime> pausedAt = {};
  EgressRules egress = EgressRules::open();
  Metadata metadata = Metadata::none();
  std::vector<SecretBindingInfo> secrets = {};
  PreviewSettings previews = PreviewSettings();
  std::string snapshotId = {};              ///< of the last pause; empty before the first
  std::optional<WallTime> snapshotAt = {};  ///< when that was taken
  std::string sourceSnapshotId = {};        ///< from which it was created; empty when from a template
  bool emulated = false;                    ///< runs under software emulation, which is not an isolation boundary
  std::string problem = {};                 ///< why it is `failed`, or what failed last; a sentence

  /// When the hard lifetime ends.
  [[nodiscard]] std::optional<WallTime> deadline() const {
    if (!timeout) return std::nullopt;
    return createdAt + timeout->value();
  }
  /// When it is deleted because it was paused for too long; only while paused.
  [[nodiscard]] std::optional<WallTime> autoDeleteAt() const {
    if (!autoDelete || !pausedAt || state != SandboxState::Paused) return std::nullopt;
    return *pausedAt + autoDelete->value();
  }
  bool operator==(const SandboxInfo&) const = default;
};

}  // namespace terrarium
