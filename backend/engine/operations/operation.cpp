// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/engine/operations/operation.h"

namespace terrarium {

Error cancelledByRequest() { return Error{ErrorCode::Cancelled, "The operation was cancelled. Nothing of it is left.", {}, {}}; }

void Operation::cancel(const Error& why) {
  if (over_ || !cancellable_ || cancelled_) return;
  cancelled_ = why;
  if (abandonable_) fail(why);
}

bool Operation::enter(const char* stage) {
  if (over_) return false;
  if (cancelled_) {
    fail(*cancelled_);
    return false;
  }
  stage_ = stage;
  ++stageIndex_;
  emit progressed(progress());
  return true;
}

void Operation::note(const std::string& stage, std::optional<double> fraction, const std::string& logLine) {
  if (over_) return;
  if (!stage.empty()) stage_ = stage;
  auto now = progress();
  now.fraction = fraction;
  now.logLine = logLine;
  emit progressed(now);
}

void Operation::succeed() {
  if (over_) return;
  over_ = true;
  undo_.commit();
  auto last = progress();
  last.finished = true;
  emit progressed(last);
  answer({});
  emit ended({});
}

void Operation::fail(const Error& why) {
  if (over_) return;
  over_ = true;
  reason_ = why;
  undo_.run(this, [this, error = worded(why)] {
    auto last = progress();
    last.finished = true;
    last.error = error;
    emit progressed(last);
    answer(error);
    emit ended(error);
  });
}

OperationProgress Operation::progress() const {
  OperationProgress now;
  now.operation = subject_.operation;
  now.kind = subject_.kind;
  now.subjectId = subject_.id;
  now.subjectName = subject_.name;
  now.stage = stage_;
  now.stageIndex = std::max(stageIndex_, 0);
  now.stageCount = subject_.stageCount;
  now.elapsedMs = elapsed_.elapsed();
  return now;
}

}  // namespace terrarium
