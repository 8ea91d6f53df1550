// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <functional>

#include "app/cli/mcp/toolcall.h"

namespace terrarium {

// The tools for whole sandboxes and for templates. Each reads its arguments from the call and ends it.
void createSandboxTool(ToolCall& call);
void updateSandboxTool(ToolCall& call);
void listSandboxesTool(ToolCall& call);
void sandboxInfoTool(ToolCall& call);
void pauseSandboxTool(ToolCall& call);
void resumeSandboxTool(ToolCall& call);
void killSandboxTool(ToolCall& call);
void forkSandboxTool(ToolCall& call);
void previewUrlTool(ToolCall& call);
void listTemplatesTool(ToolCall& call);

/// The sandbox that the argument sandbox_id means, by identity or name. To be called when all other arguments were read: the call
/// fails when one of them is wrong, and when there is no such sandbox.
void withSandbox(ToolCall& call, const std::function<void(const SandboxInfo&)>& next);
/// The same, and active: a paused one is resumed, a transition is waited for.
void withActiveSandbox(ToolCall& call, const std::function<void(const SandboxInfo&)>& next);

}  // namespace terrarium
