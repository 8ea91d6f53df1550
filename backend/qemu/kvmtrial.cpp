// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/qemu/kvmtrial.h"

#include <QDir>
#include <QFile>

#include "backend/qemu/consolelog.h"
#include "backend/qemu/machinedirectory.h"

namespace terrarium {

namespace {

constexpr const char* kDisk = "boot.img";

}  // namespace

KvmTrial::KvmTrial(const QString& program, const QString& machineType, const QString& directory)
    : program_(program), machineType_(machineType), directory_(directory) {
  deadline_.setSingleShot(true);
  connect(&deadline_, &QTimer::timeout, this, [this] {
    answer_.resolve(failure(ErrorCode::Unavailable, "KVM opens, but a test guest did not run within 2 s."));
    process_->kill();
  });
}

KvmTrial::~KvmTrial() { QDir(directory_).removeRecursively(); }

QByteArray KvmTrial::bootSector() {
  // In 16-bit mode: mov ecx, 200000000; dec ecx; jnz -4; mov al, 16; out 0xf4, al; hlt; jmp -3. QEMU ends with 16 * 2 + 1.
  QByteArray sector = QByteArray::fromHex("66b900c2eb0b664975fcb010e6f4f4ebfd");
  sector.append(510 - sector.size(), '\0');
  return sector + QByteArray::fromHex("55aa");
}

QStringList KvmTrial::arguments() const {
  const auto text = QStringLiteral(
                        "-nodefaults -no-user-config -display none -machine %1,sata=off,smbus=off,i8042=off,hpet=off -accel kvm "
                        "-cpu host,migratable=on -m 32M -no-reboot -blockdev driver=file,node-name=disk,filename=%2,read-only=on "
                        "-device virtio-blk-pci,drive=disk,bootindex=0 -device isa-debug-exit,iobase=0xf4,iosize=1 "
                        "-sandbox on,obsolete=deny,elevateprivileges=deny,spawn=deny,resourcecontrol=deny")
                        .arg(machineType_, QLatin1String(kDisk));
  return text.split(QLatin1Char(' '));
}

Pending<std::string> KvmTrial::run(const Confinement& confinement) {
  const auto cannot = [](const Error& error) { return settled<std::string>(failure(error)); };
  auto directory = MachineDirectory::open(directory_);
  if (!directory) return cannot(directory.error());
  QFile disk(directory->file(kDisk));
  if (!disk.open(QIODevice::WriteOnly) || disk.write(bootSector()) != 512) {
    return cannot({ErrorCode::Internal, "The test guest for KVM could not be written.", {}, {}});
  }
  disk.close();
  if (confinement.user()) {
    if (auto given = directory->giveTo(*confinement.user(), {QLatin1String(kDisk)}); !given) return cannot(given.error());
  }
  const auto rules = confinement.rulesFor(directory->descriptor(), {});
  auto process = ChildProcess::launch({program_, arguments(), directory->descriptor(), {}, rules.descriptor()}, confinement);
  if (!process) return cannot(process.error());
  process_ = std::move(*process);
  connect(process_.get(), &ChildProcess::exited, this, &KvmTrial::onExited);
  deadline_.start(kDeadline);
  elapsed_.start();
  return answer_.pending();
}

void KvmTrial::onExited(const ChildProcess::Exit& exit) {
  deadline_.stop();
  if (exit.code == kSuccess) {
    answer_.resolve("KVM ran a test guest in " + std::to_string(elapsed_.elapsed()) + " ms.");
    return;
  }
  const auto said = lastLinesOf(QDir(directory_).filePath(QLatin1String(ChildProcess::kLogName)), 1);
  answer_.resolve(failure(ErrorCode::Unavailable, "KVM opens, but QEMU could not run a test guest with it." +
                                                      (said.isEmpty() ? std::string() : " It said: " + said.toStdString())));
}

}  // namespace terrarium
