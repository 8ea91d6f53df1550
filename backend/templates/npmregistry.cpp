// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/templates/npmregistry.h"

#include <QDir>
#include <QFile>
#include <QRegularExpression>

namespace terrarium {

namespace {

QString contentOf(const QString& path) {
  QFile file(path);
  return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

}  // namespace

NpmRegistry NpmRegistry::fromEnvironment() {
  for (const auto* variable : {"npm_config_registry", "NPM_CONFIG_REGISTRY"}) {
    if (const auto value = qEnvironmentVariable(variable); !value.isEmpty()) return NpmRegistry(value);
  }
  auto own = qEnvironmentVariable("NPM_CONFIG_USERCONFIG", qEnvironmentVariable("npm_config_userconfig"));
  if (own.isEmpty()) own = QDir::homePath() + QStringLiteral("/.npmrc");
  for (const auto& path : {own, QStringLiteral("/usr/etc/npmrc"), QStringLiteral("/etc/npmrc")}) {
    if (const auto value = registryInNpmrc(contentOf(path)); !value.isEmpty()) return NpmRegistry(value);
  }
  return NpmRegistry(QStringLiteral("https://registry.npmjs.org"));
}

NpmRegistry::NpmRegistry(QString base) : base_(std::move(base)) {
  while (base_.endsWith(QLatin1Char('/'))) base_.chop(1);
}

QString NpmRegistry::archiveUrl(const NpmPackage& package) const {
  const auto name = QString::fromStdString(package.name);
  const auto plain = name.section(QLatin1Char('/'), -1);
  return QStringLiteral("%1/%2/-/%3-%4.tgz").arg(base_, name, plain, QString::fromStdString(package.version));
}

QString NpmRegistry::registryInNpmrc(const QString& text) {
  static const QRegularExpression line(QStringLiteral("^\\s*registry\\s*=\\s*\"?([^\"\\s]+)"), QRegularExpression::MultilineOption);
  return line.match(text).captured(1);
}

QString NpmRegistry::archiveName(const NpmPackage& package) {
  auto name = QString::fromStdString(package.name).remove(QLatin1Char('@')).replace(QLatin1Char('/'), QLatin1Char('-'));
  return QStringLiteral("%1-%2.tgz").arg(name, QString::fromStdString(package.version));
}

QString NpmRegistry::sha512Hex(const NpmPackage& package) {
  const auto encoded = QByteArray::fromStdString(package.integrity).mid(qstrlen("sha512-"));
  return QString::fromLatin1(QByteArray::fromBase64(encoded).toHex());
}

}  // namespace terrarium
