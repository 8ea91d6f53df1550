// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QObject>

#include "backend/api/host.h"
#include "backend/engine/engineconfig.h"
#include "backend/engine/ports/hypervisor.h"
#include "backend/engine/ports/snapshotfiles.h"
#include "backend/engine/templatecheck.h"
#include "backend/engine/waitingmachines.h"

namespace terrarium {

/// The Host facade: what the engine runs on and what works here. Starts no process. Engine thread.
class EngineHost : public QObject, public Host {
  Q_OBJECT
 public:
  EngineHost(Hypervisor& hypervisor, SnapshotFiles& snapshots, const WaitingMachines& waiting, TemplateCheck& templateCheck,
             const EngineConfig& config)
      : hypervisor_(hypervisor), snapshots_(snapshots), waiting_(waiting), templateCheck_(templateCheck), config_(config) {}

  Pending<HostInfo> info() override;

 private:
  Hypervisor& hypervisor_;
  SnapshotFiles& snapshots_;
  const WaitingMachines& waiting_;
  TemplateCheck& templateCheck_;
  const EngineConfig& config_;
};

/// The files that the checks read; replaced in tests.
struct HostFiles {
  QString meminfo = QStringLiteral("/proc/meminfo");
  QString userNamespaceLimit = QStringLiteral("/proc/sys/user/max_user_namespaces");
  QString unprivilegedUserNamespaces = QStringLiteral("/proc/sys/kernel/unprivileged_userns_clone");
  QString subuid = QStringLiteral("/etc/subuid");
  QString subgid = QStringLiteral("/etc/subgid");
};

/// MemTotal and MemAvailable of a meminfo text, in bytes; 0 when missing.
[[nodiscard]] std::pair<qint64, qint64> memoryFrom(const QByteArray& meminfo);
[[nodiscard]] HostCheck userNamespaceCheck(const HostFiles& files, bool root);
/// `user` and `uid` are both accepted as owners of a range.
[[nodiscard]] HostCheck subuidCheck(const HostFiles& files, const QByteArray& user, const QByteArray& uid, bool root);
[[nodiscard]] HostCheck diskCheck(qint64 freeBytes);
[[nodiscard]] HostCheck waitingCheck(std::size_t waiting, std::size_t atMost);

}  // namespace terrarium
