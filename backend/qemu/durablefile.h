// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QString>

#include "backend/support/result.h"

namespace terrarium {

/// File steps that survive a power cut. All block; never called in the engine's thread.

[[nodiscard]] Result<void> syncFile(const QString& path);
[[nodiscard]] Result<void> syncDirectory(const QString& path);
/// Beside the old one, synced, renamed into place; the directory is synced too.
[[nodiscard]] Result<void> writeDurably(const QString& path, const QByteArray& content);
/// A second name for the same file; where that cannot be (another file system), a copy.
[[nodiscard]] Result<void> linkOrCopy(const QString& from, const QString& to);
/// Makes a file immutable: read-only, and of this process' user whoever wrote it.
[[nodiscard]] Result<void> seal(const QString& path);
/// The reverse, for a machine that runs on after a failure.
void unseal(const QString& path);
/// Bytes that a file takes on the disk; 0 when it is missing.
[[nodiscard]] qint64 allocatedBytesOf(const QString& path);
/// In milliseconds since 1970.
[[nodiscard]] qint64 modifiedAt(const QString& path);
[[nodiscard]] qint64 freeBytesAt(const QString& directory);

}  // namespace terrarium
