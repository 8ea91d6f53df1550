// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/domain/snapshotspec.h"

namespace terrarium {

Result<SnapshotSpec> SnapshotSpec::parse(const SnapshotRequest& request) {
  if (request.kind && *request.kind != kKind) {
    return failure(badRequest("kind", "kind \"" + *request.kind + "\" is unknown: only \"mem+fs\" (memory and disk) is accepted."));
  }
  SnapshotSpec spec;
  if (request.name) {
    const auto name = SnapshotName::parse(*request.name);
    if (!name) return failure(name.error());
    spec.name_ = *name;
  }
  if (request.idempotencyKey) {
    const auto key = IdempotencyKey::parse(*request.idempotencyKey);
    if (!key) return failure(key.error());
    spec.key_ = *key;
  }
  return spec;
}

SnapshotRequest SnapshotSpec::toRequest() const {
  SnapshotRequest request;
  request.kind = kKind;
  if (name_) request.name = name_->value();
  if (key_) request.idempotencyKey = key_->value();
  return request;
}

}  // namespace terrarium
