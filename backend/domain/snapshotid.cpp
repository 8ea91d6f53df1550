// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/domain/snapshotid.h"

#include "backend/domain/sandboxid.h"

namespace terrarium {

Result<SnapshotId> SnapshotId::parse(std::string_view text, std::string_view field) {
  if (!isUuid(text)) {
    const std::string name(field);
    return failure(
        badRequest(name, name + " is not a snapshot id: accepted is a UUID such as 0b8f0c0e-5a3c-4f0e-9d2c-6f4d1c2b3a49."));
  }
  std::string value(text);
  for (char& c : value) {
    if (c >= 'A' && c <= 'F') c = static_cast<char>(c - 'A' + 'a');
  }
  return SnapshotId(std::move(value));
}

SnapshotId SnapshotId::random() { return SnapshotId(randomUuid()); }

}  // namespace terrarium
