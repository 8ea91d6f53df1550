// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QObject>

#include "backend/api/events.h"

namespace terrarium {

/// Tells sessions and transfers that their sandbox is no longer active. Owned by the session; a member of it.
class DemoPresence : public QObject {
  Q_OBJECT
 public:
  DemoPresence(const SandboxId& id, const Events& events);

 signals:
  /// Once.
  void ended(const terrarium::Error& error);

 private:
  void end(const Error& error);
  bool hasEnded_ = false;
};

}  // namespace terrarium
