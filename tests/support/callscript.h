// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "backend/api/pending.h"

namespace terrarium {

/// Decides how the calls of fakes end: well, with a failure, or not until released. One is shared by the fakes of a test; calls are
/// named "<port>.<method>" and written down in order.
class CallScript {
 public:
  /// The k-th call (from 1) of that name fails.
  void failAt(const std::string& call, int k, Error error = {ErrorCode::Internal, "scripted failure", {}, {}});
  /// Every call of that name from now on fails.
  void failAlways(const std::string& call, Error error = {ErrorCode::Internal, "scripted failure", {}, {}});
  /// Calls of that name are not answered until release().
  void hold(const std::string& call) { held_[call]; }
  void release(const std::string& call);
  [[nodiscard]] bool isHeld(const std::string& call) const;

  [[nodiscard]] int count(const std::string& call) const;
  [[nodiscard]] const std::vector<std::string>& calls() const { return calls_; }
  void forget();

  /// The answer of a call: `work` is done when it is due to succeed.
  template <class T>
  Pending<T> answer(const std::string& call, std::function<Result<T>()> work) {
    const auto failed = enter(call);
    if (failed) return settled<T>(failure(*failed));
    if (const auto held = held_.find(call); held != held_.end()) {
      Resolver<T> later;
      held->second.push_back([later, work] { later.resolve(work()); });
      return later.pending();
    }
    return settled<T>(work());
  }
  Pending<void> answer(const std::string& call, const std::function<void()>& work = {}) {
    return answer<void>(call, [work] {
      if (work) work();
      return Result<void>();
    });
  }

 private:
  std::optional<Error> enter(const std::string& call);

  std::vector<std::string> calls_;
  std::map<std::string, std::map<int, Error>> failures_;
  std::map<std::string, Error> always_;
  std::map<std::string, std::vector<std::function<void()>>> held_;
};

}  // namespace terrarium
