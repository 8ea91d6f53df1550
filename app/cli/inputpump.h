// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QObject>
#include <QSocketNotifier>

#include "backend/api/exec.h"

namespace terrarium {

/// Carries standard input into a session, no faster than the session takes it. Closes its input at the end of ours.
class InputPump : public QObject {
  Q_OBJECT
 public:
  InputPump(ExecSession& session, QObject* parent);
  /// False as long as nothing was read, so that the session could still be started anew.
  [[nodiscard]] bool hasRead() const { return hasRead_; }

 private:
  void read();
  ExecSession& session_;
  QSocketNotifier notifier_;
  bool hasRead_ = false;
};

}  // namespace terrarium
