// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>
#include <memory>
#include <string>
#include <vector>

#include "backend/api/events.h"

namespace terrarium {

/// One stage of a make-believe operation, with the lines that it logs.
struct DemoStage {
  std::string title;
  std::vector<std::string> log = {};
};

/// Announces the stages of an operation one after the other, then says that it is done. Destroying it ends it silently. Owned by
/// whoever runs the operation.
class DemoOperation : public QObject {
  Q_OBJECT
 public:
  /// `head` gives operation, kind and subject of every announcement.
  DemoOperation(OperationProgress head, std::vector<DemoStage> stages, std::chrono::milliseconds stageTime, Events& events,
                QObject* parent);

  [[nodiscard]] const OperationId& id() const { return head_.operation; }
  /// Announces the end. done() does not follow.
  void end(const std::optional<Error>& error);

 signals:
  void done();

 private:
  void step();
  void announce(OperationProgress progress);

  OperationProgress head_;
  std::vector<DemoStage> stages_;
  std::size_t stage_ = 0;
  std::size_t logLine_ = 0;
  bool stageAnnounced_ = false;
  Events& events_;
  QTimer timer_;
  QElapsedTimer elapsed_;
  std::chrono::milliseconds stageTime_;
};

/// Lets go of an operation that may be in the middle of a signal.
void retire(std::unique_ptr<DemoOperation> operation);

}  // namespace terrarium
