// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/shellexports.h"

#include "app/cli/printable.h"

namespace terrarium {

namespace {
// Behind the statements: `eval $(...)` without quotes makes one line of everything, of which a comment would swallow the rest.
std::string comments(const SdkEnvironment& environment) {
  std::string text;
  for (const auto& note : environment.notes) text += "# " + printable(note.toStdString()) + "\n";
  return text;
}
}  // namespace

std::string bashExports(const SdkEnvironment& environment) {
  std::string text;
  for (const auto& [name, value] : environment.variables) {
    auto quoted = value;
    quoted.replace(QLatin1Char('\''), QStringLiteral("'\\''"));
    text += "export " + name.toStdString() + "='" + quoted.toStdString() + "';\n";
  }
  return text + comments(environment);
}

std::string fishExports(const SdkEnvironment& environment) {
  std::string text;
  for (const auto& [name, value] : environment.variables) {
    auto quoted = value;
    quoted.replace(QLatin1Char('\\'), QStringLiteral("\\\\")).replace(QLatin1Char('\''), QStringLiteral("\\'"));
    // fish splits variables whose name ends in PATH at colons by itself and joins them again.
    text += "set -gx " + name.toStdString() + " '" + quoted.toStdString() + "';\n";
  }
  return text + comments(environment);
}

QJsonObject jsonExports(const SdkEnvironment& environment) {
  QJsonObject object;
  for (const auto& [name, value] : environment.variables) object.insert(name, value);
  return object;
}

}  // namespace terrarium
