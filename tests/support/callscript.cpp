// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/callscript.h"

#include <algorithm>
#include <utility>

namespace terrarium {

void CallScript::failAt(const std::string& call, int k, Error error) { failures_[call][count(call) + k] = std::move(error); }

void CallScript::failAlways(const std::string& call, Error error) { always_[call] = std::move(error); }

void CallScript::release(const std::string& call) {
  const auto waiting = held_.extract(call);
  if (waiting.empty()) return;
  for (const auto& one : waiting.mapped()) one();
}

bool CallScript::isHeld(const std::string& call) const {
  const auto held = held_.find(call);
  return held != held_.end() && !held->second.empty();
}

int CallScript::count(const std::string& call) const { return static_cast<int>(std::count(calls_.begin(), calls_.end(), call)); }

void CallScript::forget() {
  calls_.clear();
  failures_.clear();
  always_.clear();
}

std::optional<Error> CallScript::enter(const std::string& call) {
  calls_.push_back(call);
  if (const auto always = always_.find(call); always != always_.end()) return always->second;
  const auto failures = failures_.find(call);
  if (failures == failures_.end()) return std::nullopt;
  const auto failure = failures->second.find(count(call));
  if (failure == failures->second.end()) return std::nullopt;
  return failure->second;
}

}  // namespace terrarium
