// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QString>
#include <optional>
#include <string>
#include <sys/types.h>
#include <vector>

#include "backend/qemu/landlockrules.h"
#include "backend/support/descriptor.h"
#include "backend/support/result.h"

namespace terrarium {

/// Another user for QEMU to run as, when the engine itself is root.
struct ProcessUser {
  uid_t user = 0;
  gid_t group = 0;
  std::vector<gid_t> supplementary;
  std::string name;
};

/// What every QEMU process is held in: another user (root engine), Landlock, a system call filter. Made once per hypervisor; shared
/// by all its processes.
class Confinement {
 public:
  [[nodiscard]] static Result<Confinement> make(const QString& qemuProgram);

  /// Empty when QEMU runs as the engine's own user.
  [[nodiscard]] const std::optional<ProcessUser>& user() const { return user_; }
  [[nodiscard]] const QByteArray& filter() const { return filter_; }
  /// Rules for a process that works in `workDirectory` and reads `files`.
  [[nodiscard]] LandlockRules rulesFor(int workDirectory, const std::vector<int>& files) const;
  /// One sentence on what is in force here.
  [[nodiscard]] std::string description() const;

 private:
  Confinement() = default;
  QString program_;
  QByteArray filter_;
  std::optional<ProcessUser> user_;
};

}  // namespace terrarium
