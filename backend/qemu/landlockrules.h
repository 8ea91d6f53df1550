// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>
#include <QStringList>

#include "backend/support/descriptor.h"

namespace terrarium {

/// Which files a process may reach, as a Landlock rule set: made here, enforced by the launched process on itself. Where the kernel
/// has no Landlock, `isSupported` is false and there is nothing to enforce.
class LandlockRules {
 public:
  LandlockRules();

  [[nodiscard]] bool isSupported() const { return rules_.isOpen(); }
  /// Missing paths are ignored: there is nothing to reach then.
  void allowReading(const QString& path);
  void allowReadingAndRunning(const QString& path);
  void allowReadingAndWriting(const QString& path);
  void allowReading(int descriptor);
  void allowReadingAndWriting(int descriptor);
  [[nodiscard]] int descriptor() const { return rules_.number(); }

 private:
  void allow(const QString& path, quint64 access);
  void allow(int descriptor, quint64 access);

  Descriptor rules_;
  quint64 handled_ = 0;
};

}  // namespace terrarium
