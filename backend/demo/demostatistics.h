// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QObject>
#include <QTimer>

#include "backend/demo/demooptions.h"
#include "backend/demo/demosandboxes.h"

namespace terrarium {

/// Lets figures of active sandboxes swing, the same way in every run.
class DemoStatistics : public QObject {
  Q_OBJECT
 public:
  DemoStatistics(const DemoOptions& options, Events& events, const DemoSandboxes& sandboxes);

 private:
  void report();

  Events& events_;
  const DemoSandboxes& sandboxes_;
  QTimer timer_;
  int tick_ = 0;
};

}  // namespace terrarium
