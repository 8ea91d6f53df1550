// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/qemu/acceleratortrial.h"

#include <QDir>
#include <QFile>

#include "backend/qemu/consolelog.h"
#include "backend/qemu/machinedirectory.h"

namespace terrarium {

namespace {

constexpr const char* kDisk = "boot.img";
constexpr qsizetype kDiskBytes = 1024 * 1024;

}  // namespace

AcceleratorTrial::AcceleratorTrial(const QString& program, const QString& machineType, const QString& accelerator,
                                   const QString& directory)
    : program_(program), machineType_(machineType), accelerator_(accelerator), directory_(directory) {
  deadline_.setSingleShot(true);
  connect(&deadline_, &QTimer::timeout, this, [this] {
    const auto limit = std::to_string(deadline_.intervalAsDuration().count() / 1000);
    answer_.resolve(failure(ErrorCode::TimedOut, name() + " opens, but a test guest did not run within " + limit + " s."));
    process_->kill();
  });
}

std::string AcceleratorTrial::name() const { return accelerator_.toUpper().toStdString(); }

AcceleratorTrial::~AcceleratorTrial() { QDir(directory_).removeRecursively(); }

QByteArray AcceleratorTrial::disk() {
  // In 16-bit mode: mov ecx, 200000000; dec ecx; jnz -4; mov al, 16; out 0xf4, al; hlt; jmp -3. QEMU ends with 16 * 2 + 1.
  auto disk = QByteArray::fromHex("66b900c2eb0b664975fcb010e6f4f4ebfd");
  disk.append(510 - disk.size(), '\0');
  disk.append(QByteArray::fromHex("55aa"));
  // The firmware does not read disks of less than a cylinder.
  disk.append(kDiskBytes - disk.size(), '\0');
  return disk;
}

QStringList AcceleratorTrial::arguments() const {
  const auto text = QStringLiteral(
                        "-nodefaults -no-user-config -display none -machine %1,sata=off,smbus=off,i8042=off,hpet=off -accel %3 "
                        "-cpu %4 -m 32M -no-reboot -blockdev driver=file,node-name=disk,filename=%2,read-only=on "
                        "-device virtio-blk-pci,drive=disk,bootindex=0 -device isa-debug-exit,iobase=0xf4,iosize=1 "
                        "-sandbox on,obsolete=deny,elevateprivileges=deny,spawn=deny,resourcecontrol=deny")
                        .arg(machineType_, QLatin1String(kDisk), accelerator_,
                             accelerator_ == QLatin1String("kvm") ? QStringLiteral("host,migratable=on") : QStringLiteral("max"));
  return text.split(QLatin1Char(' '));
}

Pending<std::string> AcceleratorTrial::run(const Confinement& confinement, std::chrono::milliseconds deadline) {
  const auto cannot = [](const Error& error) { return settled<std::string>(failure(error)); };
  auto directory = MachineDirectory::open(directory_);
  if (!directory) return cannot(directory.error());
  QFile file(directory->file(kDisk));
  if (!file.open(QIODevice::WriteOnly) || file.write(disk()) != kDiskBytes) {
    return cannot({ErrorCode::Internal, "The test guest for the accelerator could not be written.", {}, {}});
  }
  file.close();
  if (confinement.user()) {
    if (auto given = directory->giveTo(*confinement.user(), {QLatin1String(kDisk)}); !given) return cannot(given.error());
  }
  const auto rules = confinement.rulesFor(directory->descriptor(), {});
  auto process = ChildProcess::launch({program_, arguments(), directory->descriptor(), {}, rules.descriptor()}, confinement);
  if (!process) return cannot(process.error());
  process_ = std::move(*process);
  connect(process_.get(), &ChildProcess::exited, this, &AcceleratorTrial::onExited);
  deadline_.start(deadline);
  elapsed_.start();
  return answer_.pending();
}

void AcceleratorTrial::onExited(const ChildProcess::Exit& exit) {
  deadline_.stop();
  if (exit.code == kSuccess) {
    answer_.resolve(name() + " ran a test guest in " + std::to_string(elapsed_.elapsed()) + " ms.");
    return;
  }
  const auto said = lastLinesOf(QDir(directory_).filePath(QLatin1String(ChildProcess::kLogName)), 1);
  answer_.resolve(failure(ErrorCode::Unavailable, name() + " opens, but QEMU could not run a test guest with it." +
                                                      (said.isEmpty() ? std::string() : " It said: " + said.toStdString())));
}

}  // namespace terrarium
