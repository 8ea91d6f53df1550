// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/engine/engineoptions.h"

namespace terrarium {

namespace {
Result<quint16> parsePort(const QString& text) {
  bool isNumber = false;
  const auto port = text.toUShort(&isNumber);
  if (isNumber) return port;
  return failure(
      badRequest("--port", "--port takes a number from 0 to 65535 (0: any free port), not '" + text.toStdString() + "'"));
}
}  // namespace

Result<EngineOptions> EngineOptions::parse(const QStringList& arguments) {
  EngineOptions options;
  for (qsizetype i = 0; i < arguments.size(); ++i) {
    const auto& argument = arguments.at(i);
    if (argument == QLatin1String("--foreground")) {
      options.foreground = true;
    } else if (argument == QLatin1String("--supervised")) {
      options.supervised = true;
    } else if (argument == QLatin1String("--help") || argument == QLatin1String("-h")) {
      options.help = true;
    } else if (argument == QLatin1String("--version")) {
      options.version = true;
    } else if (argument == QLatin1String("--port") || argument.startsWith(QLatin1String("--port="))) {
      const bool apart = argument == QLatin1String("--port");
      const auto port = parsePort(apart ? arguments.value(++i) : argument.mid(7));
      if (!port) return failure(port.error());
      options.port = *port;
    } else {
      return failure(
          badRequest(argument.toStdString(), "unknown argument '" + argument.toStdString() + "'; see terrariumd --help"));
    }
  }
  return options;
}

QString EngineOptions::helpText() {
  return QStringLiteral(
      "Usage: terrariumd [--foreground] [--port N]\n"
      "The engine of Terrarium: owns sandboxes and serves the API on loopback.\n\n"
      "  --foreground  stay in the terminal and log there\n"
      "  --port N      listen on this port (default: the one of last time, else any free one)\n"
      "  --version     print the version\n");
}

}  // namespace terrarium
