// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "backend/api/activity.h"
#include "backend/api/events.h"
#include "backend/api/exec.h"
#include "backend/api/files.h"
#include "backend/api/host.h"
#include "backend/api/ports.h"
#include "backend/api/sandboxes.h"
#include "backend/api/snapshots.h"
#include "backend/api/templates.h"

namespace terrarium {

/// Everything a door or a window can ask for. Implemented by the engine itself, by the HTTP client and by the demonstration engine;
/// one contract suite runs on all three. All calls and signals belong to the thread that owns the implementation.
class Facade {
 public:
  virtual ~Facade() = default;
  [[nodiscard]] virtual Sandboxes& sandboxes() = 0;
  [[nodiscard]] virtual Snapshots& snapshots() = 0;
  [[nodiscard]] virtual Exec& exec() = 0;
  [[nodiscard]] virtual Files& files() = 0;
  [[nodiscard]] virtual Ports& ports() = 0;
  [[nodiscard]] virtual Templates& templates() = 0;
  [[nodiscard]] virtual Host& host() = 0;
  [[nodiscard]] virtual Events& events() = 0;
  [[nodiscard]] virtual Activity& activity() = 0;
};

}  // namespace terrarium
