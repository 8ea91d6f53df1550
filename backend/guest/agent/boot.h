// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "backend/support/result.h"

namespace terrarium::agent {

/// From an initramfs to a running system: modules, root file system, the usual mounts, standard descriptors. Only for PID 1.
[[nodiscard]] Result<void> bootSystem();

/// The port on which the host speaks; it appears once the driver has been told its name.
[[nodiscard]] Result<int> openAgentPort();

}  // namespace terrarium::agent
