// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QObject>
#include <chrono>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "backend/api/pending.h"
#include "backend/domain/sandboxid.h"

namespace terrarium {

/// A command to run in a sandbox.
struct ExecRequest {
  std::string command;                           ///< run by /bin/sh -c unless `args` is given
  std::optional<std::vector<std::string>> args;  ///< direct exec of `command` with these arguments
  std::map<std::string, std::string> env;        ///< on top of the sandbox's environment; not expanded
  std::string workingDirectory;                  ///< empty: the template's, else the home directory
  std::optional<std::chrono::seconds> timeout;   ///< none: no limit (doors apply their own default)
  bool openStdin = false;                        ///< false: stdin is /dev/null
};

struct TerminalRequest {
  int columns = 80;
  int rows = 24;
  std::map<std::string, std::string> env;
  std::string workingDirectory;
};

enum class OutputChannel { Stdout, Stderr };

/// How a command ended: its exit code; 124 when its time was up, 128 + n when signal n ended it.
struct ExecResult {
  int exitCode = 0;
  std::chrono::milliseconds duration{0};
};

/// A command or terminal that runs in a sandbox. Signals arrive in the thread of the object, never before control returned to the
/// event loop after it was made. Destroying it before finished() ends the process group (SIGKILL). Output is bounded: the producer
/// stops until consumed() has given back what outputReceived() delivered. A terminal sends everything as Stdout.
class ExecSession : public QObject {
  Q_OBJECT
 public:
  using QObject::QObject;

  /// Queues bytes for stdin. Keep inputPending() bounded: wait for inputDrained() above a few hundred KiB.
  virtual void write(const QByteArray& bytes) = 0;
  [[nodiscard]] virtual qint64 inputPending() const = 0;
  virtual void closeInput() = 0;
  /// "SIGTERM" and the like, to the process group. Unknown names are ignored.
  virtual void sendSignal(const QByteArray& name) = 0;
  /// Terminals only.
  virtual void resize(int columns, int rows) = 0;
  /// The receiver has dealt with that many bytes of output.
  virtual void consumed(qint64 bytes) = 0;

 signals:
  void started();
  void outputReceived(terrarium::OutputChannel channel, const QByteArray& bytes);
  void inputDrained();
  /// The last signal. Output has been delivered completely before.
  void finished(const terrarium::ExecResult& result);
  /// The last signal when it could not be started or the conversation broke.
  void failed(const terrarium::Error& error);
};

/// Runs commands. A sandbox that is not active gives failed() with ErrorCode::NotRunning (Unavailable while in a transition).
class Exec {
 public:
  virtual ~Exec() = default;
  [[nodiscard]] virtual std::unique_ptr<ExecSession> run(const SandboxId& id, const ExecRequest& request) = 0;
  [[nodiscard]] virtual std::unique_ptr<ExecSession> openTerminal(const SandboxId& id, const TerminalRequest& request) = 0;
};

}  // namespace terrarium

Q_DECLARE_METATYPE(terrarium::OutputChannel)
Q_DECLARE_METATYPE(terrarium::ExecResult)
Q_DECLARE_METATYPE(terrarium::Error)
