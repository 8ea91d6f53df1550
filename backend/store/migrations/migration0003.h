// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "backend/store/migrations/migrations.h"

namespace terrarium {

/// Named snapshots; where a sandbox came from and when its snapshot was taken.
[[nodiscard]] Migration migration0003();

}  // namespace terrarium
