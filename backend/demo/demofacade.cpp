// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/demo/demofacade.h"

#include "backend/demo/democontent.h"

namespace terrarium {

DemoFacade::DemoFacade(const DemoOptions& options)
    : clock_(options.clock != nullptr ? *options.clock : systemClock_),
      activity_(clock_, events_),
      templates_(options, clock_, events_),
      sandboxes_(options, clock_, events_, templates_, activity_),
      snapshots_(options, clock_, events_, sandboxes_),
      files_(clock_, events_, sandboxes_),
      exec_(events_, sandboxes_, files_, activity_),
      ports_(events_, sandboxes_),
      statistics_(options, events_, sandboxes_) {
  if (!options.prefill) return;
  for (auto& entry : demoContent(clock_.now(), templates_)) sandboxes_.adopt(std::move(entry));
}

}  // namespace terrarium
