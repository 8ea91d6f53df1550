// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QHash>
#include <QString>
#include <QStringList>
#include <vector>

#include "backend/support/result.h"

namespace terrarium {

/// Which modules of an unpacked kernel package a machine needs, in the order in which they must be loaded. Reads what a module
/// depends on out of the module itself, because modules.dep is only written when a kernel is installed.
class KernelModules {
 public:
  /// `tree` is lib/modules/<version>. Compressed modules must have been unpacked.
  explicit KernelModules(const QString& tree);

  /// Files of the wanted modules and of all that they depend on, each after its dependencies. What is built into the kernel is
  /// left out; a missing module is an error.
  [[nodiscard]] Result<QStringList> inLoadOrder(const QStringList& wanted) const;
  /// The devices of every machine, and what sandboxes may mount.
  [[nodiscard]] static QStringList forMachines();
  /// The names in a module's "depends=" entry.
  [[nodiscard]] static QStringList dependencies(const QByteArray& module);

 private:
  Result<void> visit(const QString& name, QStringList& order) const;
  QHash<QString, QString> files_;
  QStringList builtIn_;
};

}  // namespace terrarium
