// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QObject>
#include <QTimer>
#include <chrono>
#include <string>

#include "backend/api/pending.h"

namespace terrarium {

/// The answer of `pending`, or ErrorCode::TimedOut with `sentence` when it does not come within `limit`. Belongs to `context`.
template <class T>
[[nodiscard]] Pending<T> within(std::chrono::milliseconds limit, const Pending<T>& pending, QObject* context,
                                std::string sentence) {
  Resolver<T> resolver;
  auto* timer = new QTimer(context);
  timer->setSingleShot(true);
  QObject::connect(timer, &QTimer::timeout, context, [resolver, timer, sentence = std::move(sentence)] {
    timer->deleteLater();
    resolver.resolve(failure(ErrorCode::TimedOut, sentence));
  });
  timer->start(limit);
  whenDone(pending, timer, [resolver, timer](Result<T> result) {
    timer->stop();
    timer->deleteLater();
    resolver.resolve(std::move(result));
  });
  return resolver.pending();
}

}  // namespace terrarium
