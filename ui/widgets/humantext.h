// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

#include "backend/domain/timeout.h"
#include "backend/support/clock.h"

namespace terrarium {

/// How values read in the window. Pure.

[[nodiscard]] QString toText(const std::string& utf8);
[[nodiscard]] QString toText(std::string_view utf8);
/// "just now", "12 s", "4 min", "3 h", "2 d".
[[nodiscard]] QString ageText(std::chrono::seconds age);
/// "14 min left", "1 h 5 min left", "42 s left", "ending now".
[[nodiscard]] QString remainingText(std::chrono::seconds remaining);
/// "10 minutes", "1 hour 30 minutes".
[[nodiscard]] QString durationText(std::chrono::seconds duration);
/// "0:07", "12:40".
[[nodiscard]] QString elapsedText(std::chrono::milliseconds elapsed);
/// "512 MiB", "1.5 GiB".
[[nodiscard]] QString bytesText(std::int64_t bytes);
/// Date and time of this place, for tooltips: "Tue 24 Nov 2026, 09:41:07".
[[nodiscard]] QString absoluteText(WallTime time);
/// Whole seconds from `from` to `to`; negative when `to` is earlier.
[[nodiscard]] std::chrono::seconds secondsBetween(WallTime from, WallTime to);

/// How near the end of a lifetime is: nothing to say, less than a tenth left, less than a minute left.
enum class DeadlineNearness { Far, Near, Imminent };
[[nodiscard]] DeadlineNearness deadlineNearness(std::chrono::seconds remaining, std::chrono::seconds lifetime);

}  // namespace terrarium
