// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>

#include "backend/support/result.h"

namespace terrarium {

/// Writes an empty qcow2 image (version 3, clusters of 64 KiB) without starting a program: it is made for every sandbox. It names
/// no backing file; which layer lies below is said on QEMU's command line. `path` must not exist.
[[nodiscard]] Result<void> writeEmptyQcow2(const QString& path, qint64 virtualBytes);

/// Conflict unless everything of the image is in the file itself: no backing file, no external data, no encryption. For images that
/// a program is going to open which is not confined.
[[nodiscard]] Result<void> checkPlainQcow2(const QString& path);

/// The size of the disk that a guest sees in a layer: of a qcow2 from its header, of a raw image its length.
[[nodiscard]] Result<qint64> virtualBytesOf(const QString& layer);

}  // namespace terrarium
