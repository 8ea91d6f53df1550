// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QObject>
#include <QSocketNotifier>
#include <QStringList>
#include <memory>
#include <sys/types.h>
#include <utility>
#include <vector>

#include "backend/qemu/confinement.h"
#include "backend/support/descriptor.h"
#include "backend/support/result.h"

namespace terrarium {

/// How to start a confined process.
struct LaunchSetup {
  QString program;
  QStringList arguments;
  int workDirectory = -1;  ///< becomes its current directory; its log and pid file are made there
  /// Descriptors to hand over: ours, and the number the process knows it by. It inherits no others.
  std::vector<std::pair<int, int>> descriptors;
  int landlock = -1;
};

/// A confined process that outlives this one, watched through a pidfd. Destroying this kills the process and waits for nothing: it
/// is reaped later by an object of its own. Lives in the engine's thread.
class ChildProcess : public QObject {
  Q_OBJECT
 public:
  static constexpr const char* kLogName = "qemu.log";
  static constexpr const char* kPidName = "pid";

  struct Exit {
    bool known = false;  ///< false for a process that another engine started
    int code = -1;       ///< -1 when a signal ended it
    int signal = 0;
  };

  [[nodiscard]] static Result<std::unique_ptr<ChildProcess>> launch(const LaunchSetup& setup, const Confinement& confinement);
  /// A process that another engine started. NotFound when there is none of that id, or its arguments lack `argument`.
  [[nodiscard]] static Result<std::unique_ptr<ChildProcess>> adopt(pid_t id, const QString& argument);
  ~ChildProcess() override;

  [[nodiscard]] pid_t id() const { return id_; }
  [[nodiscard]] bool isRunning() const { return running_; }
  void kill();

 signals:
  void exited(const terrarium::ChildProcess::Exit& exit);

 private:
  ChildProcess(pid_t id, Descriptor handle);
  void onReadable();

  pid_t id_;
  Descriptor handle_;
  std::unique_ptr<QSocketNotifier> notifier_;
  bool running_ = true;
};

}  // namespace terrarium
