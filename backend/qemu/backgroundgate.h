// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>

#include "backend/support/result.h"

namespace terrarium {

/// Where work that nobody waits for stands still while somebody waits for something else. Any thread.
class BackgroundGate {
 public:
  enum class State { Open, Closed, ShutDown };

  void open() {
    change([this] { closed_ = false; });
  }
  void close() {
    change([this] { closed_ = true; });
  }
  /// From here on everybody is sent away.
  void shutDown() {
    change([this] { shutDown_ = true; });
  }
  /// Everybody passes, also while it is closed, until whoever was in a hurry is through.
  void hurry() {
    change([this] { ++hurried_; });
  }
  void hurried() {
    change([this] { --hurried_; });
  }

  /// Waits while it is closed. Cancelled when it is shut down.
  [[nodiscard]] Result<void> pass();
  /// The state, as soon as it is not `known` any more, or after `limit`.
  [[nodiscard]] State watch(State known, std::chrono::milliseconds limit);

 private:
  template <class Change>
  void change(Change change) {
    {
      const std::lock_guard lock(mutex_);
      change();
    }
    changed_.notify_all();
  }
  [[nodiscard]] State state() const;

  std::mutex mutex_;
  std::condition_variable changed_;
  bool closed_ = false;
  bool shutDown_ = false;
  int hurried_ = 0;
};

/// Puts the calling thread, and what it starts, behind everybody else at processor and disk. Cannot be taken back.
void comeLast();

}  // namespace terrarium
