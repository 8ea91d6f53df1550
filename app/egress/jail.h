// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <span>

namespace terrarium::egress {

/// Gives up everything that the gateway does not need: other descriptors, core files, being looked into, new privileges, files,
/// running programs, listening. False: not everything could be given up, and the reason has been said; the program must end.
[[nodiscard]] bool enterJail(std::span<const int> keptDescriptors);

}  // namespace terrarium::egress
