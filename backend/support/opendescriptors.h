// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <span>

namespace terrarium {

/// Lets this process have as many descriptors as it may ever have: machines, flows and watchers take some each.
void raiseDescriptorLimit();

/// Closes every descriptor but the three standard ones and the `kept` ones. False, with errno set, when the kernel refuses.
[[nodiscard]] bool closeAllDescriptorsBut(std::span<const int> kept);

}  // namespace terrarium
