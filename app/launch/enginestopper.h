// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QObject>
#include <QTimer>

#include "backend/api/endpoint.h"
#include "backend/api/pending.h"

namespace terrarium {

/// Asks an engine to end and waits until its process is gone; it pauses its sandboxes first, which takes its time.
class EngineStopper : public QObject {
  Q_OBJECT
 public:
  explicit EngineStopper(QObject* parent = nullptr);
  /// TimedOut when it is still there after `patience`; it goes on ending then.
  Pending<void> stop(const Endpoint& endpoint, std::chrono::milliseconds patience);

 private:
  void look();
  QTimer poll_;
  Resolver<void> waiting_;
  qint64 processId_ = 0;
  std::chrono::steady_clock::time_point limit_;
};

}  // namespace terrarium
