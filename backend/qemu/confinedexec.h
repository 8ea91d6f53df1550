// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <linux/filter.h>
#include <utility>
#include <vector>

#include "backend/qemu/childprocess.h"

namespace terrarium {

/// What happens between fork and exec: current directory, log, descriptors, limits, namespaces, user, Landlock, system call filter.
/// Everything is prepared by the constructor; run() makes system calls only, because the engine has threads.
class ConfinedExec {
 public:
  ConfinedExec(const LaunchSetup& setup, const Confinement& confinement);
  /// Only in the child. A failed step is written to the log; the exit code is 127 then.
  [[noreturn]] void run() const;

 private:
  void detach() const;
  void openLog() const;
  void handOver() const;
  void isolate() const;
  void dropUser() const;
  void confine() const;

  QByteArray program_;
  std::vector<QByteArray> arguments_;
  std::vector<char*> argumentPointers_;
  int workDirectory_;
  int landlock_;
  std::vector<std::pair<int, int>> descriptors_;
  QByteArray filter_;
  const std::optional<ProcessUser>& user_;
  QByteArray userMap_;
  QByteArray groupMap_;
  const QByteArray deny_ = "deny";
};

}  // namespace terrarium
