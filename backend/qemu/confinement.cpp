// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/qemu/confinement.h"

#include <QFileInfo>
#include <sys/stat.h>
#include <unistd.h>

#include "backend/qemu/socketfilter.h"
#include "backend/support/unprivilegeduser.h"

namespace terrarium {

namespace {

/// The group of /dev/kvm, so that an unprivileged QEMU may use it like members of that group do.
std::vector<gid_t> acceleratorGroup() {
  struct stat status {};
  if (::stat("/dev/kvm", &status) != 0 || status.st_gid == 0) return {};
  return {status.st_gid};
}

}  // namespace

Result<Confinement> Confinement::make(const QString& qemuProgram) {
  auto filter = makeSocketFilter();
  if (!filter) return failure(filter.error());
  Confinement confinement;
  confinement.program_ = qemuProgram;
  confinement.filter_ = *filter;
  if (::geteuid() == 0) {
    const auto user = unprivilegedUser();
    if (!user) {
      return failure(ErrorCode::Internal,
                     "There is no unprivileged user for machines. Create the system user \"terrarium-vm\" and start again.");
    }
    confinement.user_ = ProcessUser{user->user, user->group, acceleratorGroup(), user->name};
  }
  return confinement;
}

LandlockRules Confinement::rulesFor(int workDirectory, const std::vector<int>& files) const {
  LandlockRules rules;
  if (!rules.isSupported()) return rules;
  const QFileInfo program(QFileInfo(program_).canonicalFilePath());
  rules.allowReadingAndRunning(program.filePath());
  for (const char* path : {"/usr/lib", "/usr/lib64", "/usr/lib32", "/lib", "/lib64", "/usr/local/lib"}) {
    rules.allowReadingAndRunning(QLatin1String(path));
  }
  for (const char* path : {"/usr/share/qemu", "/usr/share/seabios", "/usr/local/share/qemu", "/etc/ld.so.cache", "/etc/ld.so.conf",
                           "/dev/urandom", "/sys/devices/system/cpu"}) {
    rules.allowReading(QLatin1String(path));
  }
  // A QEMU outside the system's directories brings its own libraries and firmware.
  for (const char* beside : {"/../lib", "/../share/qemu"}) {
    rules.allowReadingAndRunning(QFileInfo(program.path() + QLatin1String(beside)).canonicalFilePath());
  }
  for (const char* path : {"/dev/null", "/dev/kvm"}) rules.allowReadingAndWriting(QLatin1String(path));
  rules.allowReadingAndWriting(workDirectory);
  for (const int file : files) rules.allowReading(file);
  return rules;
}

std::string Confinement::description() const {
  std::string text = "QEMU runs ";
  text += user_ ? "as user \"" + user_->name + "\"" : "as your user";
  text += ", without new privileges, behind a system call filter";
  text += LandlockRules().isSupported() ? " and sees only its own files (Landlock)."
                                        : "; this kernel has no Landlock to confine its files.";
  return text;
}

}  // namespace terrarium
