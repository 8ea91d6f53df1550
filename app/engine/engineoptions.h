// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>
#include <QStringList>

#include "backend/support/result.h"

namespace terrarium {

/// The command line of terrariumd.
struct EngineOptions {
  bool foreground = false;  ///< logs to the terminal and stays there; otherwise goes to the background and logs to a file
  bool supervised = false;  ///< this is the engine proper, started by its supervisor
  bool help = false;
  bool version = false;
  quint16 port = 0;       ///< 0: any free one
  QStringList addresses;  ///< to listen at besides loopback
  QStringList hostNames;  ///< by which others may call these

  /// Errors say which argument was wrong. `arguments` without the program's name.
  [[nodiscard]] static Result<EngineOptions> parse(const QStringList& arguments);
  [[nodiscard]] static QString helpText();
  /// The same for the engine proper.
  [[nodiscard]] QStringList supervisedArguments() const;

 private:
  [[nodiscard]] Result<void> take(const QString& name, const QString& value);
};

}  // namespace terrarium
