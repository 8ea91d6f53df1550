// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

/// What ports answer with. Adapters take it from here, because they do not include backend/api.
#include "backend/api/pending.h"  // IWYU pragma: export
