// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <functional>
#include <utility>
#include <vector>

namespace terrarium {

/// The undo steps of an operation, run backwards unless the operation is committed. Undo steps must not throw; one that fails has
/// to report by itself. Destruction without commit() runs them.
class Rollback {
 public:
  Rollback() = default;
  Rollback(const Rollback&) = delete;
  Rollback& operator=(const Rollback&) = delete;
  ~Rollback() { run(); }

  void add(std::function<void()> undo) { steps_.push_back(std::move(undo)); }

  void commit() { steps_.clear(); }

  void run() {
    while (!steps_.empty()) {
      auto undo = std::move(steps_.back());
      steps_.pop_back();
      undo();
    }
  }

 private:
  std::vector<std::function<void()>> steps_;
};

}  // namespace terrarium
