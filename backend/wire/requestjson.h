// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>

#include "backend/api/exec.h"
#include "backend/domain/forkspec.h"
#include "backend/domain/sandboxpatch.h"
#include "backend/domain/sandboxspec.h"
#include "backend/domain/snapshotspec.h"

namespace terrarium {

/// The bodies of requests, read strictly: unknown fields, wrong types and duplicate keys are refused with the field's name.
[[nodiscard]] Result<SandboxSpec> readCreateRequest(const QByteArray& body);
[[nodiscard]] Result<SandboxPatch> readPatchRequest(const QByteArray& body);
[[nodiscard]] Result<SnapshotSpec> readSnapshotRequest(const QByteArray& body);
[[nodiscard]] Result<SnapshotName> readRenameRequest(const QByteArray& body);
[[nodiscard]] Result<ForkSpec> readForkRequest(const QByteArray& body);
/// `timeout` stays empty when none was given; the door applies its default.
[[nodiscard]] Result<ExecRequest> readExecRequest(const QByteArray& body);

}  // namespace terrarium
