// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/qemu/landlockrules.h"

#include <QFile>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace terrarium {

namespace {

// From the kernel's linux/landlock.h; older headers lack the later ones, which the running kernel may know all the same.
constexpr unsigned kVersionQuery = 1;
constexpr int kRuleBeneathPath = 1;
constexpr quint64 kExecute = 1 << 0, kWriteFile = 1 << 1, kReadFile = 1 << 2, kReadDirectory = 1 << 3;
constexpr quint64 kAllOfFirstVersion = (1 << 13) - 1;
constexpr quint64 kRefer = 1 << 13, kTruncate = 1 << 14, kDeviceControl = 1 << 15;
constexpr quint64 kBindTcp = 1 << 0, kConnectTcp = 1 << 1;
constexpr quint64 kAbstractSockets = 1 << 0, kSignals = 1 << 1;
constexpr quint64 kForFiles = kExecute | kWriteFile | kReadFile | kTruncate | kDeviceControl;

struct RulesetAttributes {
  quint64 files;
  quint64 network;
  quint64 scoped;
};

struct [[gnu::packed]] BeneathPath {
  quint64 allowed;
  qint32 parent;
};

RulesetAttributes attributesFor(long version) {
  RulesetAttributes attributes{kAllOfFirstVersion, 0, 0};
  if (version >= 2) attributes.files |= kRefer;
  if (version >= 3) attributes.files |= kTruncate;
  if (version >= 4) attributes.network = kBindTcp | kConnectTcp;
  if (version >= 5) attributes.files |= kDeviceControl;
  if (version >= 6) attributes.scoped = kAbstractSockets | kSignals;
  return attributes;
}

std::size_t sizeFor(long version) { return version >= 6 ? 24 : version >= 4 ? 16 : 8; }

}  // namespace

LandlockRules::LandlockRules() {
  const auto version = ::syscall(SYS_landlock_create_ruleset, nullptr, 0, kVersionQuery);
  if (version < 1) return;
  const auto attributes = attributesFor(version);
  rules_.reset(int(::syscall(SYS_landlock_create_ruleset, &attributes, sizeFor(version), 0)));
  handled_ = attributes.files;
}

void LandlockRules::allowReading(const QString& path) { allow(path, kReadFile | kReadDirectory); }
void LandlockRules::allowReadingAndRunning(const QString& path) { allow(path, kReadFile | kReadDirectory | kExecute); }
void LandlockRules::allowReadingAndWriting(const QString& path) {
  allow(path, kReadFile | kWriteFile | kTruncate | kReadDirectory | kDeviceControl);
}
void LandlockRules::allowReading(int descriptor) { allow(descriptor, kReadFile); }
void LandlockRules::allowReadingAndWriting(int descriptor) { allow(descriptor, kReadFile | kWriteFile | kTruncate); }

void LandlockRules::allow(const QString& path, quint64 access) {
  if (!isSupported()) return;
  const Descriptor target(::open(QFile::encodeName(path).constData(), O_PATH | O_CLOEXEC));
  if (target.isOpen()) allow(target.number(), access);
}

void LandlockRules::allow(int descriptor, quint64 access) {
  if (!isSupported()) return;
  struct stat status {};
  if (::fstat(descriptor, &status) != 0) return;
  if (!S_ISDIR(status.st_mode)) access &= kForFiles;
  const BeneathPath rule{access & handled_, descriptor};
  ::syscall(SYS_landlock_add_rule, rules_.number(), kRuleBeneathPath, &rule, 0);
}

}  // namespace terrarium
