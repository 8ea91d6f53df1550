// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QObject>
#include <QProcess>
#include <QString>
#include <memory>
#include <optional>
#include <vector>

#include "backend/support/descriptor.h"
#include "backend/support/unprivilegeduser.h"

namespace terrarium {

/// One of the two programs of a gateway, running: its arguments are the numbers of the sockets that it inherits. Under a root
/// engine it runs as an unprivileged user. Destroying it kills the process. Engine thread, because the process dies with the thread
/// that started it.
class GatewayProgram : public QObject {
  Q_OBJECT
 public:
  /// `user` is whom it runs as, if not the engine's own.
  GatewayProgram(const QString& program, std::vector<Descriptor> sockets, const std::optional<UnprivilegedUser>& user);
  ~GatewayProgram() override;

 signals:
  /// It ended, or did not begin, by itself; `reason` is a sentence.
  void ended(const QString& reason);

 private:
  QProcess* process_;
  std::shared_ptr<std::vector<Descriptor>> sockets_;
};

}  // namespace terrarium
