// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QStringList>
#include <string>

#include "backend/engine/ports/hypervisor.h"

namespace terrarium {

/// A machine's description in, QEMU's argument list out. Pure. The devices, their order, slots and options are fixed for ever:
/// a snapshot loads only into the very same machine.
///
/// The process runs with the machine's work directory as current directory, so that only file names appear for what is in there.
/// Everything else (disk layers, kernel) is opened by the engine and arrives as a descriptor: QEMU needs no way to those paths.
class QemuCommandLine {
 public:
  enum class Start { Boot, Restore };

  /// Numbers under which the launched process finds its descriptors.
  static constexpr int kNicDescriptor = 3;
  static constexpr int kControlDescriptor = 4;
  static constexpr int kAgentDescriptor = 5;
  static constexpr int kConsoleDescriptor = 6;
  static constexpr int kFirstFileDescriptor = 10;

  /// What emulation shows a guest as its processor. Without ERMS, for which kernel and C library would copy with `rep movsb`, which
  /// QEMU does byte by byte.
  static constexpr const char* kEmulatedProcessor = "max,erms=off";

  [[nodiscard]] static QemuCommandLine build(const MachinePlan& plan, const MachineFacts& facts, Start start);
  /// Changes whenever a guest would see other devices.
  [[nodiscard]] static std::string deviceListHash();
  /// How a machine's process is recognised again.
  [[nodiscard]] static QString nameArgument(const MachinePlan& plan);

  /// Without the program's name.
  [[nodiscard]] const QStringList& arguments() const { return arguments_; }
  /// Files to open for reading; the first becomes kFirstFileDescriptor and so on.
  [[nodiscard]] const QStringList& readOnlyFiles() const { return readOnlyFiles_; }

 private:
  QemuCommandLine() = default;
  void addMachine(const MachinePlan& plan, const MachineFacts& facts);
  void addDisk(const MachinePlan& plan);
  void addChannels();
  void addStart(const MachinePlan& plan, Start start);
  [[nodiscard]] int shareFile(const QString& path);

  QStringList arguments_;
  QStringList readOnlyFiles_;
};

}  // namespace terrarium
