// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>
#include <optional>

#include "backend/engine/ports/templateimages.h"

namespace terrarium {

/// Turns the lines of `mmdebstrap --verbose` into stages and an estimate of how far it is. The fraction never goes back.
class BootstrapProgress {
 public:
  /// Absent when the line says nothing about progress.
  [[nodiscard]] std::optional<ImageProgress> read(const QString& line);

 private:
  std::optional<ImageProgress> step(const QString& line);
  double from_ = 0, to_ = 0;  ///< the part of the whole that the current stage is
  int packages_ = 0;          ///< announced by apt for the current stage
  int handled_ = 0;
  double furthest_ = 0;
  bool installing_ = false;
};

}  // namespace terrarium
