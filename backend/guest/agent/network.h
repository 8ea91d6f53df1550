// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

namespace terrarium::agent {

/// Loopback, and the one network card with its fixed address; every sandbox sees the same network. A machine without a card stays
/// without network.
void setUpNetwork();

}  // namespace terrarium::agent
