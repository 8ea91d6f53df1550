// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QTextStream>
#include <cstdio>
#include <fcntl.h>
#include <unistd.h>

#include "app/engine/engineoptions.h"
#include "app/engine/engineprocess.h"
#include "app/engine/exitcodes.h"
#include "app/engine/supervisor.h"
#include "backend/api/directories.h"

using namespace terrarium;

namespace {

void print(std::FILE* where, const QString& text) { QTextStream(where) << text; }

QStringList argumentsOf(int argc, char** argv) {
  QStringList arguments;
  for (int i = 1; i < argc; ++i) arguments << QString::fromLocal8Bit(argv[i]);
  return arguments;
}

/// Leaves the terminal: the caller's process ends, a child of its own session goes on with output to `log`.
void goToBackground(const QString& log) {
  QDir().mkpath(QFileInfo(log).path());
  const int output = ::open(QFile::encodeName(log).constData(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  if (output < 0) return print(stderr, QStringLiteral("terrariumd: the log file %1 cannot be opened\n").arg(log));
  const int nothing = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
  if (::fork() != 0) ::_exit(kExitStopped);
  ::setsid();
  ::dup2(nothing, STDIN_FILENO);
  ::dup2(output, STDOUT_FILENO);
  ::dup2(output, STDERR_FILENO);
}

int supervise(const EngineOptions& options, const Directories& directories) {
  std::vector<std::string> arguments{"terrariumd"};
  for (const auto& argument : options.supervisedArguments()) arguments.push_back(argument.toStdString());
  const auto ledger = directories.state + QStringLiteral("/deadlines");
  return Supervisor("/proc/self/exe", std::move(arguments), ledger.toStdString()).run();
}

}  // namespace

int main(int argc, char** argv) {
  const auto options = EngineOptions::parse(argumentsOf(argc, argv));
  if (!options) {
    print(stderr, QStringLiteral("terrariumd: %1\n").arg(QString::fromStdString(options.error().message)));
    return kExitUsage;
  }
  if (options->help || options->version) {
    print(stdout, options->help ? EngineOptions::helpText() : QStringLiteral("terrariumd " TERRARIUM_VERSION "\n"));
    return kExitStopped;
  }
  const auto directories = Directories::fromEnvironment();
  if (options->supervised) {
    QCoreApplication application(argc, argv);
    return EngineProcess(directories, *options).run();
  }
  if (!options->foreground) goToBackground(directories.state + QStringLiteral("/engine.log"));
  return supervise(*options, directories);
}
