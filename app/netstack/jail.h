// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <span>

namespace terrarium::netstack {

/// Gives up everything that the program does not need from here on: other descriptors than the `kept` ones and the three standard
/// ones, new privileges, memory dumps, and every system call that is not about sockets which are open already. Says on the standard
/// error what failed; nothing of the guest's may be read then.
[[nodiscard]] bool enterJail(std::span<const int> kept);

}  // namespace terrarium::netstack
