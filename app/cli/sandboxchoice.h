// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "backend/domain/sandboxinfo.h"
#include "backend/support/result.h"

namespace terrarium {

/// The sandbox that a person means by an identity, by the beginning of one (4 characters or more) or by a name. An identity wins
/// over a name, a name over a beginning. NotFound when there is none; BadRequest that lists the candidates when there are several.
[[nodiscard]] Result<SandboxInfo> chooseSandbox(const std::vector<SandboxInfo>& sandboxes, std::string_view text);

}  // namespace terrarium
