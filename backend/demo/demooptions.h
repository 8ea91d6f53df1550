// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <chrono>

#include "backend/support/clock.h"

namespace terrarium {

/// How lively the demonstration engine is and what it starts with.
struct DemoOptions {
  /// One stage of an operation; a create has six, so it takes 1.5 s by default.
  std::chrono::milliseconds stage{250};
  std::chrono::milliseconds statistics{1000};
  bool prefill = true;           ///< with believable sandboxes; templates are always there
  const Clock* clock = nullptr;  ///< the system's when null; must outlive the facade
};

}  // namespace terrarium
