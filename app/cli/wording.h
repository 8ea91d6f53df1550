// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <chrono>
#include <cstdint>
#include <string>

#include "backend/domain/sandboxinfo.h"

namespace terrarium {

// How the command line words amounts.

/// "12 s", "3 min", "2 h 5 min", "4 d".
[[nodiscard]] std::string durationText(std::chrono::seconds duration);
/// "512 B", "1.5 MiB".
[[nodiscard]] std::string sizeText(std::int64_t bytes);
/// "0.42 s".
[[nodiscard]] std::string elapsedText(std::int64_t milliseconds);
/// "a=1, b=2".
[[nodiscard]] std::string tagsText(const Metadata& metadata);
/// "in 5 min", "-" without a deadline. The earlier of hard lifetime and auto-delete.
[[nodiscard]] std::string expiryText(const SandboxInfo& info, WallTime now);

}  // namespace terrarium
