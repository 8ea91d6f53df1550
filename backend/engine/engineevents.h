// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "backend/api/events.h"

namespace terrarium {

/// The engine's own announcements; whoever has a fact to tell emits its signal here. Engine thread.
class EngineEvents final : public Events {
  Q_OBJECT
 public:
  using Events::Events;
};

}  // namespace terrarium
