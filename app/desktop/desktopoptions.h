// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QStringList>
#include <QUrl>

#include "backend/support/result.h"

namespace terrarium {

/// The command line of the window.
struct DesktopOptions {
  QUrl engine;  ///< empty: the local engine
  QString apiKey;
  bool demo = false;
  QString screenshotDirectory;

  /// Errors are sentences for a person. Ends the program itself for --help and --version.
  [[nodiscard]] static Result<DesktopOptions> parse(const QStringList& arguments);
};

}  // namespace terrarium
