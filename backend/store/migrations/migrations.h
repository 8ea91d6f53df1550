// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <vector>

namespace terrarium {

/// One step of the schema. Once released it never changes again; what comes later is a further step in a file of its own.
struct Migration {
  int version;
  std::vector<const char*> statements;
};

/// All of them, oldest first, numbered from 1 without gaps.
[[nodiscard]] const std::vector<Migration>& migrations();

}  // namespace terrarium
