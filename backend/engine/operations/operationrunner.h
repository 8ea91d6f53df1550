// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QObject>
#include <memory>
#include <string>
#include <vector>

#include "backend/api/events.h"
#include "backend/engine/operations/operation.h"

namespace terrarium {

/// Owns the operations that run, announces their progress and finds them again for a cancel. Engine thread.
class OperationRunner : public QObject {
  Q_OBJECT
 public:
  explicit OperationRunner(Events& events) : events_(events) {}

  /// Fails with Conflict when an operation of that id runs already.
  [[nodiscard]] Result<void> checkId(const OperationId& id) const;
  /// `id` if the caller gave one, else a random one.
  [[nodiscard]] static OperationId idOr(const OperationId& id);

  void start(std::unique_ptr<Operation> operation);
  /// Resolves when the operation has been undone. NotFound when it does not run, Conflict when it finished all the same.
  Pending<void> cancel(const OperationId& id);
  [[nodiscard]] Operation* about(const std::string& subjectId) const;
  [[nodiscard]] bool runs(OperationKind kind, const std::string& subjectId) const;
  void cancelAll(OperationKind kind, const Error& why);
  /// Resolves when nothing runs.
  Pending<void> idle();

 signals:
  /// An operation is about to begin: somebody waits from here on.
  void began();
  /// The last one has ended.
  void cameToRest();

 private:
  void finished(Operation* operation);

  Events& events_;
  std::vector<std::unique_ptr<Operation>> running_;
  std::vector<Resolver<void>> waitingForIdle_;
};

}  // namespace terrarium
