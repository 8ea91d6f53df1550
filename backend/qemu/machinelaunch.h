// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <memory>

#include "backend/qemu/confinement.h"
#include "backend/qemu/qemucommandline.h"
#include "backend/qemu/qemumachine.h"

namespace terrarium {

/// Everything between a command line and a living process: the machine's directory, sockets, network cable, files, owner. Used
/// once; what was made is taken back when a step fails.
class MachineLaunch {
 public:
  MachineLaunch(const QString& program, const MachinePlan& plan, const QemuCommandLine& line, const Confinement& confinement)
      : program_(program), plan_(plan), line_(line), confinement_(confinement) {}

  [[nodiscard]] Result<std::shared_ptr<QemuMachine>> run();

 private:
  [[nodiscard]] Result<void> prepare(const MachineDirectory& directory);
  [[nodiscard]] Result<void> prepareRam() const;
  [[nodiscard]] Result<void> makeChannels(const MachineDirectory& directory);
  [[nodiscard]] Result<void> makeCable();
  [[nodiscard]] Result<void> openFiles();
  [[nodiscard]] Result<void> handToUser(const MachineDirectory& directory) const;
  void hand(Descriptor descriptor, int number);

  const QString& program_;
  const MachinePlan& plan_;
  const QemuCommandLine& line_;
  const Confinement& confinement_;
  std::vector<Descriptor> open_;
  std::vector<std::pair<int, int>> handed_;
  std::vector<int> files_;
  Descriptor nic_;
};

}  // namespace terrarium
