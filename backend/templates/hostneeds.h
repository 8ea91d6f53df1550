// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>
#include <QStringList>
#include <optional>

#include "backend/support/error.h"

namespace terrarium {

/// What a machine needs for making images, and the sentence with the one command that helps when something is missing.
class HostNeeds {
 public:
  /// Looks at programs, subordinate ids and free space; absent when all is there.
  [[nodiscard]] static std::optional<Error> firstMissing(const QString& cacheDirectory, const QString& temporaryDirectory);
  /// Whether `text` (of /etc/subuid or /etc/subgid) gives the account a range that is large enough for a Debian system.
  [[nodiscard]] static bool hasRange(const QString& text, const QString& account, const QString& id);
  /// The first id above all ranges of `text`, where a new range may start.
  [[nodiscard]] static qint64 firstFreeId(const QString& text);
  /// Why a program failed, judged by the last lines that it printed.
  [[nodiscard]] static Error explain(const QString& stage, const QString& problem, const QStringList& lastLines);
  /// A memory file system when there is ample room, else /var/tmp: making a root file system is mostly small writes.
  [[nodiscard]] static QString roomyTemporaryDirectory();
};

}  // namespace terrarium
