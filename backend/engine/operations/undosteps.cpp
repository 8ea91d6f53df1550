// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/engine/operations/undosteps.h"

#include <utility>

namespace terrarium {

void UndoSteps::run(QObject* context, std::function<void()> done) {
  if (steps_.empty()) {
    done();
    return;
  }
  const auto step = std::move(steps_.back());
  steps_.pop_back();
  whenDone(step(), context,
           [this, context, done = std::move(done)](const Result<void>&) mutable { run(context, std::move(done)); });
}

}  // namespace terrarium
