// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

namespace terrarium {

/// How the engine process ends. The supervisor restarts it only after a failure or a signal.
inline constexpr int kExitStopped = 0;
inline constexpr int kExitFailure = 1;
inline constexpr int kExitUsage = 2;
/// Another engine holds this user's lock.
inline constexpr int kExitAlreadyRunning = 3;
/// The configuration or the state on disk does not allow a start; starting again would not help.
inline constexpr int kExitCannotStart = 4;

}  // namespace terrarium
