// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>

#include "backend/support/result.h"

namespace terrarium {

/// How a copy came about; for tests and logs.
enum class CopyWay { Reflink, Sparse };

/// Copies a file without its holes, at once where the file system can share blocks. `to` must not exist; it is removed again when
/// the copy fails. StorageFull before anything is written when the space does not suffice. Blocks.
[[nodiscard]] Result<void> copySparsely(const QString& from, const QString& to);
[[nodiscard]] Result<CopyWay> copySparselyTelling(const QString& from, const QString& to);

/// Whether both are there and hold the same bytes, wherever their holes are. Blocks.
[[nodiscard]] bool haveSameContent(const QString& one, const QString& other);

/// Makes holes of the parts of a file that hold only zeros, in steps of 64 KiB; returns the bytes freed. Safe while the file is
/// mapped, as long as nobody writes to it. Blocks.
[[nodiscard]] Result<qint64> punchZeros(const QString& path);

}  // namespace terrarium
