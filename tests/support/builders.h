// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <string>

#include "backend/domain/sandboxinfo.h"
#include "backend/domain/sandboxpatch.h"
#include "backend/domain/sandboxspec.h"
#include "backend/domain/templateinfo.h"

namespace terrarium {

/// Values for tests: complete, valid, and the same every time. What a test is about it sets itself.

[[nodiscard]] SandboxRequest sandboxRequest(const std::string& name = "test");
[[nodiscard]] SandboxSpec sandboxSpec(const std::string& name = "test");
/// The spec of a request that must be valid; aborts with its problem otherwise.
[[nodiscard]] SandboxSpec sandboxSpec(const SandboxRequest& request);
[[nodiscard]] SandboxPatch sandboxPatch(const PatchRequest& request);
/// The `number`th of a row of identities that are the same in every run.
[[nodiscard]] SandboxId sandboxId(int number = 1);
[[nodiscard]] SandboxInfo sandboxInfo(SandboxState state = SandboxState::Active, int number = 1);
[[nodiscard]] TemplateInfo templateInfo(const std::string& name = "superserve/base", TemplateStatus status = TemplateStatus::Ready);

}  // namespace terrarium
