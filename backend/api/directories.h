// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>

namespace terrarium {

/// Where Terrarium keeps things: the XDG directories with the application folder `terrarium`, or, when TERRARIUM_HOME is set,
/// `data`, `state`, `cache` and `run` beneath it. Absolute paths; nothing is created here.
struct Directories {
  QString data;
  QString state;
  QString cache;
  QString runtime;

  [[nodiscard]] static Directories fromEnvironment();
};

}  // namespace terrarium
