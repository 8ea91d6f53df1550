// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "backend/support/result.h"

namespace terrarium::agent {

/// The two ends of a pseudo terminal. Whoever asked closes both.
struct TerminalDevice {
  int outside = -1;  ///< ours
  int inside = -1;   ///< the shell's
};

[[nodiscard]] Result<TerminalDevice> openTerminalDevice(unsigned columns, unsigned rows);
void setTerminalSize(int fd, unsigned columns, unsigned rows);

}  // namespace terrarium::agent
