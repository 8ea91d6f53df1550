// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QCoreApplication>
#include <clocale>

#include "app/cli/commandline.h"
#include "backend/domain/sandboxid.h"

using namespace terrarium;

int main(int argc, char** argv) {
  // For the width of characters; numbers and messages stay as they are.
  std::setlocale(LC_CTYPE, "C.UTF-8");
  QCoreApplication application(argc, argv);
  QCoreApplication::setApplicationName(QStringLiteral("terrariumctl"));
  CommandLine commandLine;
  const auto outcome = commandLine.parse(std::vector<std::string>(argv + 1, argv + argc));
  if (!outcome.command) return outcome.exitCode;
  Console console;
  Session session(commandLine.options(), console);
  int exitCode = 0;
  QObject::connect(outcome.command, &Command::done, &application, [&exitCode](int code) {
    exitCode = code;
    QCoreApplication::quit();
  });
  QMetaObject::invokeMethod(
      &application, [&] { outcome.command->start(session); }, Qt::QueuedConnection);
  QCoreApplication::exec();
  return exitCode;
}
