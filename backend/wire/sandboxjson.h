// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QJsonObject>

#include "backend/api/sandboxes.h"
#include "backend/domain/sandboxinfo.h"
#include "backend/domain/sandboxpatch.h"
#include "backend/domain/sandboxspec.h"

namespace terrarium {

/// The body of a create request. Members that say nothing are left out.
[[nodiscard]] QJsonObject toJson(const SandboxSpec& spec);
/// The body of a patch; a cleared field is null.
[[nodiscard]] QJsonObject toJson(const SandboxPatch& patch);

/// A sandbox as the wire shows it, for listings of our own. Holds no token.
[[nodiscard]] QJsonObject toJson(const SandboxInfo& info);
/// Many of them as the text of an array, without their secrets.
[[nodiscard]] QByteArray listJson(const std::vector<SandboxInfo>& infos);
/// Our own members (phase, template_id, ...) are optional, so that other servers are understood. Tags that break our rules are left
/// out rather than making the sandbox invisible. BadRequest when the identity or the status is missing.
[[nodiscard]] Result<SandboxInfo> sandboxFromJson(const QJsonObject& object);

}  // namespace terrarium
