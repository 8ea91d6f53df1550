// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QEventLoop>
#include <QTimer>
#include <optional>

#include "backend/api/pending.h"

namespace terrarium {

/// Runs an event loop until the answer is there, at most 10 s.
template <class T>
std::optional<Result<T>> answerOf(const Pending<T>& pending) {
  std::optional<Result<T>> answer;
  QEventLoop loop;
  whenDone(pending, &loop, [&](Result<T> result) {
    answer = std::move(result);
    loop.quit();
  });
  QTimer::singleShot(10'000, &loop, &QEventLoop::quit);
  loop.exec();
  return answer;
}

template <class T>
bool succeeds(const Pending<T>& pending) {
  const auto answer = answerOf(pending);
  if (answer && !*answer) qWarning("unexpected: %s (%s)", answer->error().message.c_str(), answer->error().detail.c_str());
  return answer && answer->has_value();
}

/// The error, or one of code Internal that says that there was none.
template <class T>
Error errorOf(const Pending<T>& pending) {
  const auto answer = answerOf(pending);
  if (!answer) return Error{ErrorCode::Internal, "no answer", {}, {}};
  return *answer ? Error{ErrorCode::Internal, "it succeeded", {}, {}} : answer->error();
}

}  // namespace terrarium
