// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QObject>
#include <memory>

#include "app/engine/composition.h"
#include "app/engine/engineoptions.h"
#include "app/engine/instancelock.h"
#include "app/engine/stopsignals.h"
#include "backend/api/directories.h"

namespace terrarium {

/// The engine proper as a process: one per home, from its lock to its endpoint file, until a signal asks it to stop.
class EngineProcess : public QObject {
  Q_OBJECT
 public:
  EngineProcess(Directories directories, EngineOptions options);

  /// Runs the event loop; the exit code is one of exitcodes.h.
  int run();

 private:
  [[nodiscard]] Result<void> prepare();
  void announce(quint16 port);
  void stop();
  [[nodiscard]] quint16 lastPort() const;

  Directories directories_;
  EngineOptions options_;
  Credentials credentials_;
  InstanceLock lock_;
  StopSignals stopSignals_;
  std::unique_ptr<Composition> composition_;
  bool stopping_ = false;
};

}  // namespace terrarium
