// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QObject>
#include <functional>
#include <vector>

#include "backend/api/pending.h"

namespace terrarium {

/// The undo steps of one operation, each of which takes its time. Like Rollback, run backwards; the next begins when the one before
/// has been answered, whatever the answer: a step that fails reports by itself.
class UndoSteps {
 public:
  using Step = std::function<Pending<void>()>;

  void add(Step step) { steps_.push_back(std::move(step)); }
  void commit() { steps_.clear(); }
  /// Calls `done` in the thread of `context` when the last step has been answered.
  void run(QObject* context, std::function<void()> done);

 private:
  std::vector<Step> steps_;
};

}  // namespace terrarium
