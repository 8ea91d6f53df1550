// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/desktop/desktopoptions.h"

#include <QCommandLineParser>

namespace terrarium {

Result<DesktopOptions> DesktopOptions::parse(const QStringList& arguments) {
  QCommandLineParser parser;
  parser.setApplicationDescription(QStringLiteral("Terrarium: local sandboxes, restored from template snapshots."));
  const auto help = parser.addHelpOption();
  const auto version = parser.addVersionOption();
  const QCommandLineOption engine(QStringLiteral("engine"), QStringLiteral("Use the engine or service at this address."),
                                  QStringLiteral("URL"));
  const QCommandLineOption key(QStringLiteral("api-key"), QStringLiteral("The key for it."), QStringLiteral("K"));
  const QCommandLineOption demo(QStringLiteral("demo"), QStringLiteral("Show lively data instead of an engine's."));
  const QCommandLineOption shots(QStringLiteral("screenshot-dir"),
                                 QStringLiteral("Draw the main screens into this directory and end."), QStringLiteral("DIR"));
  parser.addOptions({engine, key, demo, shots});
  if (!parser.parse(arguments)) return failure(badRequest("", parser.errorText().toStdString()));
  if (parser.isSet(help)) parser.showHelp();
  if (parser.isSet(version)) parser.showVersion();
  DesktopOptions options{QUrl(parser.value(engine)), parser.value(key), parser.isSet(demo), parser.value(shots)};
  if (parser.isSet(engine) && (!options.engine.isValid() || options.engine.host().isEmpty())) {
    return failure(badRequest("--engine", "--engine takes an address such as http://127.0.0.1:8080"));
  }
  if (parser.isSet(engine) && options.apiKey.isEmpty()) return failure(badRequest("--api-key", "--engine needs --api-key, too"));
  return options;
}

}  // namespace terrarium
