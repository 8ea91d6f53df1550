// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/demo/demooperation.h"

namespace terrarium {

DemoOperation::DemoOperation(OperationProgress head, std::vector<DemoStage> stages, std::chrono::milliseconds stageTime,
                             Events& events, QObject* parent)
    : QObject(parent), head_(std::move(head)), stages_(std::move(stages)), events_(events), stageTime_(stageTime) {
  head_.stageCount = static_cast<int>(stages_.size());
  elapsed_.start();
  timer_.setTimerType(Qt::PreciseTimer);
  timer_.setSingleShot(true);
  connect(&timer_, &QTimer::timeout, this, &DemoOperation::step);
  timer_.start(0);  // the first announcement comes after the call that began it returned
}

void DemoOperation::end(const std::optional<Error>& error) {
  timer_.stop();
  auto progress = head_;
  progress.finished = true;
  progress.error = error;
  progress.stageIndex = static_cast<int>(std::min(stage_, stages_.size()));
  announce(std::move(progress));
}

void DemoOperation::step() {
  if (stage_ == stages_.size()) {
    emit done();
    return;
  }
  const auto& stage = stages_[stage_];
  auto progress = head_;
  progress.stage = stage.title;
  progress.stageIndex = static_cast<int>(stage_);
  if (!stage.log.empty()) progress.fraction = static_cast<double>(logLine_) / static_cast<double>(stage.log.size());
  if (stageAnnounced_) progress.logLine = stage.log[logLine_++];
  stageAnnounced_ = true;
  if (logLine_ == stage.log.size()) {
    ++stage_;
    logLine_ = 0;
    stageAnnounced_ = false;
  }
  timer_.start(stageTime_);
  announce(std::move(progress));
}

void DemoOperation::announce(OperationProgress progress) {
  progress.elapsedMs = elapsed_.elapsed();
  emit events_.operationProgressed(progress);
}

void retire(std::unique_ptr<DemoOperation> operation) { operation.release()->deleteLater(); }

}  // namespace terrarium
