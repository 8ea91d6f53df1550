// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <string>
#include <vector>

#include "backend/api/pending.h"
#include "backend/domain/templateinfo.h"
#include "backend/engine/ports/sandboxstore.h"

namespace terrarium {

/// A template as the store keeps it. `snapshotId` is empty until a build succeeded.
struct TemplateRecord {
  TemplateInfo info;
  std::string snapshotId = {};
  std::string contentHash = {};  ///< of what the snapshot was made from
  GuestDefaults defaults = {};
};

/// Keeps templates. Writes are done in the order of the calls, off the engine's thread, and survive a power cut.
class TemplateStore {
 public:
  virtual ~TemplateStore() = default;
  virtual Pending<std::vector<TemplateRecord>> load() = 0;
  virtual Pending<void> save(const TemplateRecord& record) = 0;
  virtual Pending<void> erase(const std::string& id) = 0;
};

}  // namespace terrarium
