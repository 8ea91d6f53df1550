// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>

#include "backend/support/result.h"

namespace terrarium {

/// The system call filter that QEMU gets before it starts, as a BPF program: sockets only of the unix family, no io_uring (it makes
/// sockets behind a filter's back), nothing that reaches other processes, mounts or the kernel.
[[nodiscard]] Result<QByteArray> makeSocketFilter();

}  // namespace terrarium
