// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QObject>
#include <QStringList>
#include <memory>

#include "app/engine/credentials.h"
#include "backend/api/directories.h"
#include "backend/api/pending.h"

namespace terrarium {

/// Puts the engine together: the only place that names its concrete classes. Lives in the main thread.
class Composition : public QObject {
  Q_OBJECT
 public:
  /// Where it is reached besides loopback, and by which names.
  struct Reach {
    QStringList addresses;
    QStringList hostNames;
  };
  Composition(const Directories& directories, const Credentials& credentials, Reach reach);
  ~Composition() override;

  /// Which port to listen on. `preferred` 0: any free one; when it is taken and not `required`, any free one, too.
  struct PortChoice {
    quint16 preferred = 0;
    bool required = false;
  };
  /// Brings every sandbox into a true state, then listens. Resolves with the port.
  Pending<quint16> start(PortChoice port);
  /// Stops listening and pauses what is active.
  Pending<void> stop();

 private:
  [[nodiscard]] Result<quint16> listen(quint16 port);
  struct Parts;
  std::unique_ptr<Parts> parts_;
  Reach reach_;
};

}  // namespace terrarium
