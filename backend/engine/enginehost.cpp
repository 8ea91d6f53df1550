// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/engine/enginehost.h"

#include <QFile>
#include <algorithm>
#include <pwd.h>
#include <thread>
#include <unistd.h>
#include <utility>

namespace terrarium {

namespace {

constexpr qint64 kGib = 1024LL * 1024 * 1024;
constexpr qint64 kLittleDisk = 5 * kGib;
constexpr qint64 kNoDisk = 1 * kGib;
constexpr qint64 kNeededIds = 65536;

QByteArray contentOf(const QString& path) {
  QFile file(path);
  if (!file.open(QIODevice::ReadOnly)) return {};
  return file.readAll();
}

qint64 kibibytesAfter(const QByteArray& text, const QByteArray& key) {
  for (const auto& line : text.split('\n')) {
    if (line.startsWith(key)) return line.mid(key.size()).trimmed().split(' ').front().toLongLong();
  }
  return 0;
}

HostCheck acceleratorCheck(const MachineFacts& facts, const std::string& reason) {
  if (facts.accelerator == "kvm") return {"accelerator", CheckOutcome::Good, "KVM works: " + reason, ""};
  return {"accelerator", CheckOutcome::Warning, "Software emulation, which is slow and not an isolation boundary: " + reason,
          "Use a machine on which KVM works; membership of the group kvm may be missing: sudo usermod -aG kvm $USER"};
}

/// Why there are no facts: the accelerator's fault, else QEMU's.
HostCheck troubleCheck(const Error& error, const std::string& acceleratorReason) {
  if (error.message == acceleratorReason) return {"accelerator", CheckOutcome::Bad, error.message, "unset TERRARIUM_ACCEL"};
  return {"qemu", CheckOutcome::Bad, error.message, "sudo apt-get install qemu-system-x86 qemu-utils"};
}

std::string gibibytes(qint64 bytes) { return std::to_string(bytes / kGib) + " GiB"; }

QByteArray accountName() {
  const auto* entry = ::getpwuid(::geteuid());
  return entry ? QByteArray(entry->pw_name) : QByteArray::number(::geteuid());
}

struct IdRanges {
  bool hasEnough = false;
  qint64 firstFree = 0;  ///< above all ranges of everybody
};

IdRanges rangesIn(const QByteArray& text, const QByteArray& user, const QByteArray& uid) {
  IdRanges ranges;
  for (const auto& line : text.split('\n')) {
    const auto parts = line.trimmed().split(':');
    if (parts.size() != 3) continue;
    const auto count = parts[2].toLongLong();
    ranges.firstFree = std::max(ranges.firstFree, parts[1].toLongLong() + count);
    ranges.hasEnough |= (parts[0] == user || parts[0] == uid) && count >= kNeededIds;
  }
  return ranges;
}

}  // namespace

std::pair<qint64, qint64> memoryFrom(const QByteArray& meminfo) {
  return {kibibytesAfter(meminfo, "MemTotal:") * 1024, kibibytesAfter(meminfo, "MemAvailable:") * 1024};
}

HostCheck userNamespaceCheck(const HostFiles& files, bool root) {
  const auto limit = contentOf(files.userNamespaceLimit).trimmed();
  const auto allowed = contentOf(files.unprivilegedUserNamespaces).trimmed();
  if (limit == "0") {
    return {"user_namespaces", CheckOutcome::Bad, "User namespaces are switched off; templates are built in one.",
            "sudo sysctl -w user.max_user_namespaces=15000"};
  }
  if (!root && allowed == "0") {
    return {"user_namespaces", CheckOutcome::Bad, "User namespaces are reserved for root; templates are built in one.",
            "sudo sysctl -w kernel.unprivileged_userns_clone=1"};
  }
  return {"user_namespaces", CheckOutcome::Good, "User namespaces are available.", ""};
}

HostCheck subuidCheck(const HostFiles& files, const QByteArray& user, const QByteArray& uid, bool root) {
  if (root) return {"subuid", CheckOutcome::Good, "Not needed, because the engine runs as root.", ""};
  qint64 from = 100000;  // SUB_UID_MIN of Debian's login.defs
  int found = 0;
  for (const auto& file : {files.subuid, files.subgid}) {
    const auto ranges = rangesIn(contentOf(file), user, uid);
    found += ranges.hasEnough ? 1 : 0;
    from = std::max(from, ranges.firstFree);
  }
  if (found == 2) return {"subuid", CheckOutcome::Good, "A range of subordinate user and group ids is there.", ""};
  const auto range = std::to_string(from) + "-" + std::to_string(from + kNeededIds - 1);
  return {"subuid", CheckOutcome::Bad,
          "This account has no range of 65536 subordinate user and group ids; templates cannot be built.",
          "sudo usermod --add-subuids " + range + " --add-subgids " + range + " " + user.toStdString()};
}

HostCheck diskCheck(qint64 freeBytes) {
  const auto summary = gibibytes(freeBytes) + " are free where sandboxes are kept.";
  if (freeBytes >= kLittleDisk) return {"disk", CheckOutcome::Good, summary, ""};
  return {"disk", freeBytes < kNoDisk ? CheckOutcome::Bad : CheckOutcome::Warning, summary,
          "Delete sandboxes or make room: a template needs about 1 GiB, a sandbox what it writes."};
}

HostCheck waitingCheck(std::size_t waiting, std::size_t atMost) {
  if (atMost == 0) {
    return {"waiting_machines", CheckOutcome::Good, "Waiting machines are switched off: each create restores its own.", ""};
  }
  return {"waiting_machines", CheckOutcome::Good,
          std::to_string(waiting) + " of at most " + std::to_string(atMost) + " machines wait for the next create.", ""};
}

Pending<HostInfo> EngineHost::info() {
  HostInfo info;
  info.engineVersion = config_.version;
  info.cpuCount = static_cast<int>(std::thread::hardware_concurrency());
  const HostFiles files;
  std::tie(info.memoryTotalBytes, info.memoryAvailableBytes) = memoryFrom(contentOf(files.meminfo));
  info.diskFreeBytes = snapshots_.freeBytes();
  info.waitingMachines = static_cast<int>(waiting_.all().size());
  const bool root = geteuid() == 0;
  const std::vector<HostCheck> checks = {
      userNamespaceCheck(files, root), subuidCheck(files, accountName(), QByteArray::number(geteuid()), root),
      diskCheck(info.diskFreeBytes), waitingCheck(waiting_.all().size(), config_.waitingMachines), templateCheck_.answer()};
  Resolver<HostInfo> done;
  whenDone(hypervisor_.facts(), this, [this, info, checks, done](const Result<MachineFacts>& facts) mutable {
    if (facts) {
      info.accelerator = facts->accelerator;
      info.acceleratorReason = hypervisor_.acceleratorReason();
      info.isolationBoundary = facts->accelerator == "kvm";
      info.qemuVersion = facts->qemuVersion;
      info.machineType = facts->machineType;
      info.checks = {
          acceleratorCheck(*facts, info.acceleratorReason),
          {"qemu", CheckOutcome::Good, "QEMU " + facts->qemuVersion + " with machine type " + facts->machineType + ".", ""}};
    } else {
      info.checks = {troubleCheck(facts.error(), hypervisor_.acceleratorReason())};
    }
    info.checks.insert(info.checks.end(), checks.begin(), checks.end());
    done.resolve(info);
  });
  return done.pending();
}

}  // namespace terrarium
