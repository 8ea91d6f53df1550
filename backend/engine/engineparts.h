// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "backend/engine/activitylog.h"
#include "backend/engine/engineconfig.h"
#include "backend/engine/engineevents.h"
#include "backend/engine/lifecycle.h"
#include "backend/engine/ports/gateways.h"
#include "backend/engine/ports/guestagent.h"
#include "backend/engine/ports/hypervisor.h"
#include "backend/engine/ports/snapshotfiles.h"
#include "backend/engine/ports/templateimages.h"
#include "backend/engine/runningmachines.h"
#include "backend/engine/snapshotcatalog.h"
#include "backend/engine/snapshotholds.h"
#include "backend/engine/templatecatalog.h"
#include "backend/engine/waitingmachines.h"
#include "backend/support/clock.h"

namespace terrarium {

/// What operations work with. All of it outlives them.
struct EngineParts {
  Hypervisor& hypervisor;
  SnapshotFiles& snapshots;
  GuestAgents& agents;
  Gateways& gateways;
  TemplateImages& images;
  Clock& clock;
  const EngineConfig& config;
  EngineEvents& events;
  Lifecycle& lifecycle;
  RunningMachines& machines;
  TemplateCatalog& templates;
  WaitingMachines& waiting;
  SnapshotHolds& holds;
  SnapshotCatalog& namedSnapshots;
  ActivityLog& activity;
};

}  // namespace terrarium
