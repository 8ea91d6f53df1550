// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>

namespace terrarium {

/// How much memory the host has to spare.
struct HostMemory {
  qint64 totalBytes = 0;
  qint64 availableBytes = 0;
  double stalledPercent = 0;  ///< of the last ten seconds, in which some process waited for memory

  /// Of this host; what cannot be read counts as plenty.
  [[nodiscard]] static HostMemory now();
  /// From the texts of /proc/meminfo and /proc/pressure/memory.
  [[nodiscard]] static HostMemory from(const QByteArray& meminfo, const QByteArray& pressure);
  /// Whether something that is only nice to have should not take that many bytes.
  [[nodiscard]] bool isShortFor(qint64 bytes) const;
};

}  // namespace terrarium
