// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>
#include <optional>
#include <sys/types.h>

#include "backend/qemu/confinement.h"
#include "backend/support/descriptor.h"
#include "backend/support/result.h"

namespace terrarium {

/// The directory in which one machine works: its sockets, log and pid file. Held open, so that sockets can be reached however long
/// its path is (the address of a unix socket has 106 bytes for every user of one).
class MachineDirectory {
 public:
  static constexpr const char* kControl = "qmp";
  static constexpr const char* kAgent = "agent";
  static constexpr const char* kConsole = "console";
  static constexpr const char* kConsoleLog = "console.log";

  /// Makes it when missing; closes it to all other users.
  [[nodiscard]] static Result<MachineDirectory> open(const QString& path);

  [[nodiscard]] int descriptor() const { return directory_.number(); }
  [[nodiscard]] QString file(const char* name) const;
  /// A path by which this process reaches the socket; short when the real one is too long.
  [[nodiscard]] QString socket(const char* name) const;
  /// A listening socket in place of whatever was there. QEMU inherits it: nobody has to wait until QEMU has made it.
  [[nodiscard]] Result<Descriptor> listen(const char* name) const;
  /// Hands the directory and the files in it to the user that QEMU runs as.
  [[nodiscard]] Result<void> giveTo(const ProcessUser& user, const QStringList& files) const;
  /// The recorded process; 0 when there is none.
  [[nodiscard]] pid_t recordedProcess() const;
  void removeTraces() const;

 private:
  MachineDirectory(QString path, Descriptor directory) : path_(std::move(path)), directory_(std::move(directory)) {}
  QString path_;
  Descriptor directory_;
};

}  // namespace terrarium
