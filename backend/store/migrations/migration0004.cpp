// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/store/migrations/migration0004.h"

namespace terrarium {

Migration migration0004() { return {4, {R"(ALTER TABLE sandboxes ADD COLUMN previews TEXT NOT NULL DEFAULT '{}')"}}; }

}  // namespace terrarium
