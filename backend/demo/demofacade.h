// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "backend/api/facade.h"
#include "backend/demo/demoactivity.h"
#include "backend/demo/demoexec.h"
#include "backend/demo/demofiles.h"
#include "backend/demo/demohost.h"
#include "backend/demo/demooptions.h"
#include "backend/demo/demoports.h"
#include "backend/demo/demosandboxes.h"
#include "backend/demo/demosnapshots.h"
#include "backend/demo/demostatistics.h"
#include "backend/demo/demotemplates.h"

namespace terrarium {

/// A fake engine with lively data, for `terrarium --demo`, screenshots and tests of the window. It keeps the contract of the
/// facade; nothing runs and nothing is kept.
class DemoFacade final : public Facade {
 public:
  explicit DemoFacade(const DemoOptions& options = {});

  [[nodiscard]] Sandboxes& sandboxes() override { return sandboxes_; }
  [[nodiscard]] Snapshots& snapshots() override { return snapshots_; }
  [[nodiscard]] Exec& exec() override { return exec_; }
  [[nodiscard]] Files& files() override { return files_; }
  [[nodiscard]] Ports& ports() override { return ports_; }
  [[nodiscard]] Templates& templates() override { return templates_; }
  [[nodiscard]] Host& host() override { return host_; }
  [[nodiscard]] Events& events() override { return events_; }
  [[nodiscard]] Activity& activity() override { return activity_; }

 private:
  SystemClock systemClock_;
  const Clock& clock_;
  Events events_;
  DemoActivity activity_;
  DemoTemplates templates_;
  DemoSandboxes sandboxes_;
  DemoSnapshots snapshots_;
  DemoFiles files_;
  DemoExec exec_;
  DemoPorts ports_;
  DemoHost host_;
  DemoStatistics statistics_;
};

}  // namespace terrarium
