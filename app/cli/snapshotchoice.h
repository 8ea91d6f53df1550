// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <string_view>
#include <vector>

#include "backend/domain/snapshotinfo.h"
#include "backend/support/result.h"

namespace terrarium {

/// The snapshot that a person means: like chooseSandbox().
[[nodiscard]] Result<SnapshotInfo> chooseSnapshot(const std::vector<SnapshotInfo>& snapshots, std::string_view text);

}  // namespace terrarium
