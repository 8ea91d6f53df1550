// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QObject>
#include <QString>
#include <QStringList>
#include <memory>
#include <string>

#include "backend/api/pending.h"
#include "backend/domain/machinesize.h"

namespace terrarium {

/// What a snapshot depends on. Recorded in every manifest; a snapshot whose facts differ is not loaded.
struct MachineFacts {
  std::string accelerator;  ///< kvm or tcg
  std::string qemuVersion;  ///< "7.2.22"
  std::string machineType;  ///< versioned, "pc-q35-7.2"
  std::string cpuModel;
  std::string deviceListHash;  ///< of the device part of the command line
  bool operator==(const MachineFacts&) const = default;
};

/// The disk of a machine: layers from the base up. The last one is written to, all others are read-only. `.raw` and `.qcow2` by
/// suffix.
struct DiskChain {
  QStringList layers;
};

/// Everything needed to start a machine. Paths are absolute.
struct MachinePlan {
  QString name;           ///< unique among running machines: the sandbox id, or the build id
  QString cookie;         ///< random; in the command line, so that a restarted engine recognises its machine
  QString workDirectory;  ///< owned by this machine alone: ram file, sockets, console log, pid file
  MachineSize size = MachineSize::standard();
  QString ramFile;  ///< made by SnapshotFiles, or made here (sparse) for a cold boot
  DiskChain disk;
  QString kernel;           ///< cold boot only
  QString initramfs;        ///< cold boot only
  QString kernelArguments;  ///< cold boot only; appended to what the hypervisor itself needs
};

enum class MachineEnd { Stopped, Crashed, GuestPanicked, DiskFull };

/// One QEMU process. Lives in the engine's thread; destroying it kills the process and waits for nothing.
class Machine : public QObject {
  Q_OBJECT
 public:
  using QObject::QObject;

  /// Lets the virtual CPUs run / stand still. A restored machine stands still until then.
  virtual Pending<void> run() = 0;
  virtual Pending<void> standStill() = 0;
  /// Writes the device state to `file` (the RAM file holds the rest). Only while standing still.
  virtual Pending<void> saveState(const QString& file) = 0;
  /// Ends the process at once; resolves when it is reaped and its sockets are gone. Never fails.
  virtual Pending<void> end() = 0;

  [[nodiscard]] virtual qint64 processId() const = 0;
  [[nodiscard]] virtual QString agentSocket() const = 0;
  [[nodiscard]] virtual QString consoleLog() const = 0;
  /// The host's end of its network card, a datagram socket with one Ethernet frame per datagram; owned by the machine. -1 for an
  /// adopted one. As long as nobody reads it, no packet goes anywhere.
  [[nodiscard]] virtual int frames() const = 0;
  /// Proportional set size of the process in bytes; 0 when unknown.
  [[nodiscard]] virtual qint64 residentBytes() const = 0;

 signals:
  /// The process ended without end() having been called. `reason` is a sentence for a person.
  void ended(terrarium::MachineEnd how, const QString& reason);
  /// A write to its disk found no room on the host: it stands still and tries again by itself until there is room.
  void outOfSpace();
};

/// What an operation fails with when its machine is out of space.
[[nodiscard]] inline Error noRoomForDisk() {
  return {ErrorCode::StorageFull,
          "The machine's disk could not grow, because the disk of this computer is full. Free some space.",
          {},
          {}};
}

/// Starts machines.
class Hypervisor {
 public:
  virtual ~Hypervisor() = default;
  /// Known once the accelerator has been measured (cached per boot).
  virtual Pending<MachineFacts> facts() = 0;
  /// Why that accelerator, one sentence.
  [[nodiscard]] virtual std::string acceleratorReason() const = 0;
  /// A new machine from kernel and initramfs; it runs when this resolves.
  virtual Pending<std::shared_ptr<Machine>> boot(const MachinePlan& plan) = 0;
  /// A machine from saved state; it stands still when this resolves.
  virtual Pending<std::shared_ptr<Machine>> restore(const MachinePlan& plan, const QString& stateFile) = 0;
  /// Takes over a process that outlived the engine, found by its work directory and cookie. NotFound when there is none.
  virtual Pending<std::shared_ptr<Machine>> adopt(const MachinePlan& plan) = 0;
};

}  // namespace terrarium
