// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QObject>
#include <functional>
#include <string>

#include "app/cli/console.h"
#include "backend/api/events.h"

namespace terrarium {

/// Shows the stages of one operation on the terminal as they pass, each with the time it took. Says nothing without a terminal,
/// save for log lines when they are asked for.
class StagePrinter : public QObject {
  Q_OBJECT
 public:
  StagePrinter(Events& events, Console& console, QObject* parent);
  /// Which announcements are meant.
  void follow(std::function<bool(const OperationProgress&)> isMeant) { isMeant_ = std::move(isMeant); }
  void showLog(bool show) { showLog_ = show; }
  /// Closes the running stage.
  void finish();

 private:
  void onProgress(const OperationProgress& progress);
  void onLogLine(const std::string& line);
  Console& console_;
  std::function<bool(const OperationProgress&)> isMeant_;
  std::string stage_;
  std::int64_t stageBegan_ = 0;
  std::int64_t last_ = 0;
  bool showLog_ = false;
};

/// Calls back when the engine's events flow, or after a short while without them, so that the first stages are not missed.
void whenEventsFlow(Events& events, QObject* context, const std::function<void()>& callback);

}  // namespace terrarium
