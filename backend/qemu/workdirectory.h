// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>
#include <QStringList>
#include <optional>
#include <string>
#include <vector>

#include "backend/support/result.h"

namespace terrarium {

/// The directory in which one machine works, seen as files: memory, writable layer, and a record of the layers below, which keeps
/// them alive. Blocks; used in worker threads.
class WorkDirectory {
 public:
  explicit WorkDirectory(QString path) : path_(std::move(path)) {}

  [[nodiscard]] const QString& path() const { return path_; }
  [[nodiscard]] QString ram() const { return path_ + QStringLiteral("/ram"); }
  [[nodiscard]] QString overlay() const { return path_ + QStringLiteral("/disk.qcow2"); }
  /// Makes it, without memory and disk of an earlier run, and records the layers.
  [[nodiscard]] Result<void> prepare(const std::vector<std::string>& layers) const;
  /// None when there is no record; nothing when it cannot be read now.
  [[nodiscard]] std::optional<std::vector<std::string>> recordedLayers() const;
  /// Ends a machine that still works here without an owner, then removes everything.
  [[nodiscard]] Result<void> remove() const;

 private:
  QString path_;
};

}  // namespace terrarium
