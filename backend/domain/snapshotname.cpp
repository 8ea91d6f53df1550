// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/domain/snapshotname.h"

namespace terrarium {

Result<SnapshotName> SnapshotName::parse(std::string_view text) {
  const auto name = SandboxName::parse(text);
  if (!name) return failure(name.error());
  return of(*name);
}

}  // namespace terrarium
