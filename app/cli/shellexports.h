// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QJsonObject>
#include <QString>
#include <string>

#include "app/cli/sdkenvironment.h"

namespace terrarium {

/// The environment as statements for a shell of the POSIX kind (bash, zsh, sh), with the notes as comments behind them. Any value
/// is taken literally.
[[nodiscard]] std::string bashExports(const SdkEnvironment& environment);
/// The same for fish.
[[nodiscard]] std::string fishExports(const SdkEnvironment& environment);
/// The variables alone.
[[nodiscard]] QJsonObject jsonExports(const SdkEnvironment& environment);

}  // namespace terrarium
