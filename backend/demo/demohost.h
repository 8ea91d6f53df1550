// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "backend/api/host.h"

namespace terrarium {

/// The machine that the demonstration engine says it runs on: emulation, so that the warnings of the window can be seen.
class DemoHost final : public Host {
 public:
  Pending<HostInfo> info() override;
};

}  // namespace terrarium
