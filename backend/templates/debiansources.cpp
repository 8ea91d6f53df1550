// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/templates/debiansources.h"

#include <QDir>
#include <QFile>
#include <QMap>
#include <QRegularExpression>

namespace terrarium {

namespace {

QStringList words(const QString& text) { return text.simplified().split(QLatin1Char(' '), Qt::SkipEmptyParts); }

bool isOfSuite(const QString& found, const QString& suite) {
  return found == suite || found == suite + QLatin1String("-updates") || found == suite + QLatin1String("-security");
}

bool isDebiansKey(const QString& signedBy) { return signedBy.isEmpty() || signedBy.contains(QLatin1String("debian-archive")); }

QByteArray entry(const QString& signedBy, const QString& uri, const QString& suite) {
  const auto options = signedBy.isEmpty() ? QString() : QStringLiteral("[signed-by=%1] ").arg(signedBy);
  return QStringLiteral("deb %1%2 %3 main\n").arg(options, uri, suite).toUtf8();
}

QMap<QString, QString> fields(const QString& stanza) {
  QMap<QString, QString> found;
  QString last;
  for (const auto& line : stanza.split(QLatin1Char('\n'))) {
    if (line.startsWith(QLatin1Char('#'))) continue;
    if (line.startsWith(QLatin1Char(' '))) {
      found[last] += line;
    } else {
      last = line.section(QLatin1Char(':'), 0, 0).toLower();
      found[last] = line.section(QLatin1Char(':'), 1).trimmed();
    }
  }
  return found;
}

}  // namespace

QByteArray DebianSources::forSuite(const QString& suite, const QString& etcApt) {
  QByteArray accepted;
  const auto add = [&](const QString& path) {
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) return;
    accepted += path.endsWith(QLatin1String(".sources")) ? fromStanzas(file.readAll(), suite) : fromList(file.readAll(), suite);
  };
  add(etcApt + QStringLiteral("/sources.list"));
  const QDir parts(etcApt + QStringLiteral("/sources.list.d"));
  const QStringList patterns{QStringLiteral("*.list"), QStringLiteral("*.sources")};
  for (const auto& name : parts.entryList(patterns, QDir::Files, QDir::Name)) add(parts.filePath(name));
  return accepted;
}

QByteArray DebianSources::fromList(const QByteArray& text, const QString& suite) {
  static const QRegularExpression line(QStringLiteral("^\\s*deb\\s+(?:\\[([^\\]]*)\\]\\s+)?(\\S+)\\s+(\\S+)\\s+(.*)$"),
                                       QRegularExpression::MultilineOption);
  static const QRegularExpression signedBy(QStringLiteral("signed-by=(\\S+)"));
  QByteArray accepted;
  for (auto matches = line.globalMatch(QString::fromUtf8(text)); matches.hasNext();) {
    const auto match = matches.next();
    const auto key = signedBy.match(match.captured(1)).captured(1);
    const bool fits =
        isOfSuite(match.captured(3), suite) && isDebiansKey(key) && words(match.captured(4)).contains(QLatin1String("main"));
    if (fits) accepted += entry(key, match.captured(2), match.captured(3));
  }
  return accepted;
}

QByteArray DebianSources::fromStanzas(const QByteArray& text, const QString& suite) {
  static const QRegularExpression blankLine(QStringLiteral("\n[ \t]*\n"));
  QByteArray accepted;
  for (const auto& stanza : QString::fromUtf8(text).split(blankLine)) {
    const auto found = fields(stanza);
    const auto key = found.value(QStringLiteral("signed-by"));
    const bool fits = words(found.value(QStringLiteral("types"))).contains(QLatin1String("deb")) &&
                      words(found.value(QStringLiteral("components"))).contains(QLatin1String("main")) && isDebiansKey(key) &&
                      found.value(QStringLiteral("enabled")).toLower() != QLatin1String("no");
    if (!fits) continue;
    for (const auto& uri : words(found.value(QStringLiteral("uris")))) {
      for (const auto& each : words(found.value(QStringLiteral("suites")))) {
        if (isOfSuite(each, suite)) accepted += entry(key, uri, each);
      }
    }
  }
  return accepted;
}

}  // namespace terrarium
