// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/qemu/machinelaunch.h"

#include <QFile>
#include <QFileInfo>
#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>

#include "backend/qemu/systemerror.h"

namespace terrarium {

namespace {

/// Holds a burst of frames of 9000 bytes; a smaller buffer would stall QEMU at each of them.
constexpr int kCableBuffer = 212992;

std::string quoted(const QString& path) { return "\"" + path.toStdString() + "\""; }

}  // namespace

Result<std::shared_ptr<QemuMachine>> MachineLaunch::run() {
  auto directory = MachineDirectory::open(plan_.workDirectory);
  if (!directory) return failure(directory.error());
  if (auto prepared = prepare(*directory); !prepared) {
    directory->removeTraces();
    return failure(prepared.error());
  }
  // Of the last run, if there was one; it would be quoted as this one's.
  QFile::remove(directory->file(ChildProcess::kLogName));
  const auto rules = confinement_.rulesFor(directory->descriptor(), files_);
  auto process =
      ChildProcess::launch({program_, line_.arguments(), directory->descriptor(), handed_, rules.descriptor()}, confinement_);
  if (!process) {
    directory->removeTraces();
    return failure(process.error());
  }
  return std::make_shared<QemuMachine>(std::move(*directory), std::move(*process), std::move(nic_));
}

Result<void> MachineLaunch::prepare(const MachineDirectory& directory) {
  auto done = prepareRam();
  if (done) done = makeChannels(directory);
  if (done) done = makeCable();
  if (done) done = openFiles();
  if (done) done = handToUser(directory);
  return done;
}

Result<void> MachineLaunch::prepareRam() const {
  for (const auto& file : {plan_.ramFile, plan_.disk.layers.value(plan_.disk.layers.size() - 1)}) {
    if (QFileInfo(file).absolutePath() != QFileInfo(plan_.workDirectory).absoluteFilePath()) {
      return failure(ErrorCode::Internal, "A machine's memory and writable disk belong into its work directory.",
                     file.toStdString());
    }
  }
  const Descriptor file(::open(QFile::encodeName(plan_.ramFile).constData(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600));
  struct stat status {};
  if (!file.isOpen() || ::fstat(file.number(), &status) != 0)
    return failure(systemError("The machine's memory could not be made."));
  const auto size = plan_.size.memoryMib() * 1024 * 1024;
  if (status.st_size == 0 && ::ftruncate(file.number(), size) != 0) {
    return failure(systemError("The machine's memory could not be made."));
  }
  if (status.st_size != 0 && status.st_size != size) {
    return failure(ErrorCode::Conflict, "The memory file " + quoted(plan_.ramFile) + " has the wrong size. Rebuild the template.");
  }
  return {};
}

void MachineLaunch::hand(Descriptor descriptor, int number) {
  handed_.emplace_back(descriptor.number(), number);
  open_.push_back(std::move(descriptor));
}

Result<void> MachineLaunch::makeChannels(const MachineDirectory& directory) {
  const std::pair<const char*, int> channels[] = {{MachineDirectory::kControl, QemuCommandLine::kControlDescriptor},
                                                  {MachineDirectory::kAgent, QemuCommandLine::kAgentDescriptor},
                                                  {MachineDirectory::kConsole, QemuCommandLine::kConsoleDescriptor}};
  for (const auto& [name, number] : channels) {
    auto server = directory.listen(name);
    if (!server) return failure(server.error());
    hand(std::move(*server), number);
  }
  return {};
}

Result<void> MachineLaunch::makeCable() {
  int ends[2];
  if (::socketpair(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, ends) != 0) {
    return failure(systemError("The machine's network cable could not be made."));
  }
  for (const int end : ends) ::setsockopt(end, SOL_SOCKET, SO_SNDBUF, &kCableBuffer, sizeof(kCableBuffer));
  nic_.reset(ends[0]);
  hand(Descriptor(ends[1]), QemuCommandLine::kNicDescriptor);
  return {};
}

Result<void> MachineLaunch::openFiles() {
  int number = QemuCommandLine::kFirstFileDescriptor;
  for (const auto& path : line_.readOnlyFiles()) {
    Descriptor file(::open(QFile::encodeName(path).constData(), O_RDONLY | O_CLOEXEC));
    if (!file.isOpen()) {
      auto error = systemError("The file " + quoted(path) + ", which the machine needs, could not be opened.");
      if (error.code == ErrorCode::NotFound) error.message += " It is missing: rebuild the template.";
      return failure(std::move(error));
    }
    files_.push_back(file.number());
    hand(std::move(file), number++);
  }
  return {};
}

Result<void> MachineLaunch::handToUser(const MachineDirectory& directory) const {
  if (!confinement_.user()) return {};
  // Kernel and initramfs are opened once more by QEMU itself.
  for (const auto& path : {plan_.kernel, plan_.initramfs}) {
    if (line_.readOnlyFiles().contains(path) && !QFile::permissions(path).testFlag(QFileDevice::ReadOther)) {
      return failure(ErrorCode::Internal, "The file " + quoted(path) +
                                              " has to be readable for everybody (mode 0644), because QEMU runs as user \"" +
                                              confinement_.user()->name + "\".");
    }
  }
  return directory.giveTo(*confinement_.user(),
                          {QFileInfo(plan_.ramFile).fileName(), QFileInfo(plan_.disk.layers.constLast()).fileName()});
}

}  // namespace terrarium
