// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QJsonObject>

#include "backend/domain/forkspec.h"
#include "backend/domain/snapshotinfo.h"
#include "backend/domain/snapshotspec.h"

namespace terrarium {

/// The bodies of requests.
[[nodiscard]] QJsonObject toJson(const SnapshotSpec& spec);
[[nodiscard]] QJsonObject toJson(const ForkSpec& spec);

/// A named snapshot as the wire shows it. Our own members (sandbox_name, template_name) are optional.
[[nodiscard]] QJsonObject toJson(const SnapshotInfo& info);
/// BadRequest when the identity or the status is missing.
[[nodiscard]] Result<SnapshotInfo> snapshotFromJson(const QJsonObject& object);

}  // namespace terrarium
