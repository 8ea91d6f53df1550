// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/stageprinter.h"

#include <QTimer>
#include <memory>

#include "app/cli/wording.h"

namespace terrarium {

namespace {
constexpr std::chrono::milliseconds kEventPatience{700};
}

StagePrinter::StagePrinter(Events& events, Console& console, QObject* parent) : QObject(parent), console_(console) {
  connect(&events, &Events::operationProgressed, this, &StagePrinter::onProgress);
}

void StagePrinter::onLogLine(const std::string& line) {
  if (showLog_ || console_.isInteractive()) console_.note("  | " + line);
}

void StagePrinter::onProgress(const OperationProgress& progress) {
  if (!isMeant_ || !isMeant_(progress)) return;
  last_ = progress.elapsedMs;
  if (!progress.logLine.empty()) onLogLine(progress.logLine);
  if (progress.finished) return finish();
  if (progress.stage.empty()) return;
  if (progress.stage != stage_) {
    finish();
    stage_ = progress.stage;
    stageBegan_ = progress.elapsedMs;
  }
  auto line = "[" + std::to_string(progress.stageIndex + 1) + "/" + std::to_string(progress.stageCount) + "] " + stage_;
  if (progress.fraction) line += " " + std::to_string(static_cast<int>(*progress.fraction * 100)) + "%";
  console_.status(line);
}

void StagePrinter::finish() {
  if (stage_.empty()) return;
  if (console_.isInteractive()) console_.note("  " + stage_ + "  " + elapsedText(last_ - stageBegan_));
  stage_.clear();
}

void whenEventsFlow(Events& events, QObject* context, const std::function<void()>& callback) {
  if (events.isConnected()) return callback();
  auto* once = new QObject(context);
  const auto called = std::make_shared<bool>(false);
  const auto go = [once, called, callback] {
    if (*called) return;
    *called = true;
    once->deleteLater();
    callback();
  };
  QObject::connect(&events, &Events::connectionChanged, once, go);
  QTimer::singleShot(kEventPatience, once, go);
}

}  // namespace terrarium
