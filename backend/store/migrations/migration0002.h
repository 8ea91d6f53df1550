// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "backend/store/migrations/migrations.h"

namespace terrarium {

/// The activity log.
[[nodiscard]] Migration migration0002();

}  // namespace terrarium
