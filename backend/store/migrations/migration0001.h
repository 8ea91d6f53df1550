// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "backend/store/migrations/migrations.h"

namespace terrarium {

/// Sandboxes and templates. Times are microseconds since 1970, lists and maps JSON, states the words of the wire contract's
/// `phase`.
[[nodiscard]] Migration migration0001();

}  // namespace terrarium
