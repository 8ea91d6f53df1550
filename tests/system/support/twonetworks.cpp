// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/system/support/twonetworks.h"

#include <QProcess>
#include <fcntl.h>
#include <linux/capability.h>
#include <sched.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "tests/system/support/ownmounts.h"
#include "tests/system/support/ownnamespaces.h"

namespace terrarium {

namespace {

int far = -1;

/// A program that a user without rights starts has none in the namespace either, unless they are handed on.
void handOnRights() {
  __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
  __user_cap_data_struct data[2]{};
  ::syscall(SYS_capget, &header, data);
  for (auto& half : data) half.inheritable = half.permitted;
  ::syscall(SYS_capset, &header, data);
  ::prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, CAP_NET_ADMIN, 0, 0);
}

QByteArray ip(bool there, const QString& words) {
  QProcess process;
  process.setChildProcessModifier([there] {
    if (there) ::setns(far, CLONE_NEWNET);
    handOnRights();
  });
  process.setProcessChannelMode(QProcess::MergedChannels);
  process.start(QStringLiteral("ip"), words.split(QLatin1Char(' ')));
  if (process.waitForFinished() && process.exitCode() == 0) return {};
  return "ip " + words.toUtf8() + ": " + process.readAll() + process.errorString().toUtf8();
}

void enter(int flags) {
  enterNamespacesOrDie(CLONE_NEWNET | flags);
  const int here = ::open("/proc/self/ns/net", O_RDONLY | O_CLOEXEC);
  orDie(::unshare(CLONE_NEWNET) == 0, "a second network");
  far = ::open("/proc/self/ns/net", O_RDONLY | O_CLOEXEC);
  orDie(::setns(here, CLONE_NEWNET) == 0, "the way back");
  ::close(here);
}

}  // namespace

void TwoNetworks::enterOrDie() { enter(0); }

void TwoNetworks::enterWithOwnMountsOrDie() {
  enter(CLONE_NEWNS);
  OwnMounts::keepToThisProgram();
}

QByteArray TwoNetworks::connect() {
  const auto cable = QStringLiteral("link add far type veth peer name near netns %1").arg(::getpid());
  const auto at = [](const char* address, const char* device) {
    return QStringLiteral("addr add %1/24 dev %2").arg(QLatin1String(address), QLatin1String(device));
  };
  const std::pair<bool, QString> steps[] = {{true, cable},
                                            {true, at(kThere, "far")},
                                            {true, at(kThereToo, "far")},
                                            {true, QStringLiteral("link set far up")},
                                            {true, QStringLiteral("link set lo up")},
                                            {false, at(kHere, "near")},
                                            {false, QStringLiteral("link set near up")},
                                            {false, QStringLiteral("link set lo up")}};
  for (const auto& [there, words] : steps) {
    if (const auto problem = ip(there, words); !problem.isEmpty()) return problem;
  }
  return {};
}

std::function<void()> TwoNetworks::goThere() {
  return [] { ::setns(far, CLONE_NEWNET); };
}

}  // namespace terrarium
