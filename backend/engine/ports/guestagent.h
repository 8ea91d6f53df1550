// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QObject>
#include <QString>
#include <chrono>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "backend/api/exec.h"
#include "backend/api/files.h"
#include "backend/api/pending.h"
#include "backend/api/ports.h"

namespace terrarium {

/// What makes a restored machine itself. Given before the sandbox counts as ready, on create and on every resume.
struct GuestIdentity {
  QByteArray entropy;                    ///< at least 32 fresh random bytes
  std::chrono::nanoseconds wallTime{0};  ///< since 1970; filled in by the adapter at the moment of sending when zero
  std::string hostname;
  std::map<std::string, std::string> env;  ///< template < sandbox < secrets; replaces what was set before
  std::string user;                        ///< who runs commands; empty: root
  std::string workingDirectory;            ///< empty: home of the user
};

struct GuestStatistics {
  double cpuPercent = 0;
  std::int64_t memoryUsedBytes = 0;
  std::int64_t memoryTotalBytes = 0;
  std::int64_t diskUsedBytes = 0;
  std::int64_t diskTotalBytes = 0;
  int processCount = 0;
  std::vector<int> listeningPorts;
};

/// A conversation with the agent inside one machine. Lives in the engine's thread. Everything from the guest is hostile: lengths
/// are bounded, a bad frame ends the conversation with a reason.
class GuestAgent : public QObject {
  Q_OBJECT
 public:
  using QObject::QObject;

  [[nodiscard]] virtual std::string version() const = 0;
  virtual Pending<void> assume(const GuestIdentity& identity) = 0;
  virtual Pending<void> ping() = 0;
  /// Before a snapshot: file systems are synced, statistics stop, the conversation comes to rest. With `trim` the disk is trimmed,
  /// too.
  virtual Pending<void> settle(bool trim) = 0;

  [[nodiscard]] virtual std::unique_ptr<ExecSession> run(const ExecRequest& request) = 0;
  [[nodiscard]] virtual std::unique_ptr<ExecSession> openTerminal(const TerminalRequest& request) = 0;
  virtual Pending<std::vector<FileEntry>> list(const std::string& path) = 0;
  virtual Pending<FileEntry> stat(const std::string& path) = 0;
  [[nodiscard]] virtual std::unique_ptr<ReadStream> read(const std::string& path, const ByteRange& range) = 0;
  [[nodiscard]] virtual std::unique_ptr<ReadStream> readZip(const std::string& path) = 0;
  [[nodiscard]] virtual std::unique_ptr<WriteStream> write(const std::string& path) = 0;
  /// A connection to what listens on the guest's loopback.
  [[nodiscard]] virtual std::unique_ptr<PortConnection> connectPort(int port) = 0;

 signals:
  /// About once a second.
  void statisticsReported(const terrarium::GuestStatistics& statistics);
  /// The conversation broke and could not be re-established. Sessions and streams have failed before this.
  void lost(const terrarium::Error& error);
};

class GuestAgents {
 public:
  virtual ~GuestAgents() = default;
  /// Connects to the agent's socket and shakes hands; retries until `limit` is over (a booting guest answers late).
  virtual Pending<std::shared_ptr<GuestAgent>> connect(const QString& socket, std::chrono::milliseconds limit) = 0;
  /// Version of the agent program that this build ships.
  [[nodiscard]] virtual std::string shippedVersion() const = 0;
};

}  // namespace terrarium
