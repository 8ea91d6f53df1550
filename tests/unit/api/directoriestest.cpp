// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QDir>
#include <QTest>

#include "backend/api/directories.h"

using namespace terrarium;

class DirectoriesTest : public QObject {
  Q_OBJECT
 private slots:
  void init() {
    for (const auto* name : {"TERRARIUM_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR"})
      qunsetenv(name);
    qputenv("HOME", "/home/somebody");
  }

  void theHomeOfTheProgramHoldsAllFour() {
    qputenv("TERRARIUM_HOME", "/srv/t/../portable/");
    const auto found = Directories::fromEnvironment();
    QCOMPARE(found.data, QStringLiteral("/srv/portable/data"));
    QCOMPARE(found.state, QStringLiteral("/srv/portable/state"));
    QCOMPARE(found.cache, QStringLiteral("/srv/portable/cache"));
    QCOMPARE(found.runtime, QStringLiteral("/srv/portable/run"));
  }

  void aRelativeHomeIsMadeAbsolute() {
    qputenv("TERRARIUM_HOME", "here");
    QCOMPARE(Directories::fromEnvironment().data, QDir::current().absoluteFilePath(QStringLiteral("here/data")));
  }

  void xdgVariablesAreFollowed() {
    qputenv("XDG_DATA_HOME", "/d");
    qputenv("XDG_STATE_HOME", "/s");
    qputenv("XDG_CACHE_HOME", "/c");
    qputenv("XDG_RUNTIME_DIR", "/r");
    const auto found = Directories::fromEnvironment();
    QCOMPARE(found.data, QStringLiteral("/d/terrarium"));
    QCOMPARE(found.state, QStringLiteral("/s/terrarium"));
    QCOMPARE(found.cache, QStringLiteral("/c/terrarium"));
    QCOMPARE(found.runtime, QStringLiteral("/r/terrarium"));
  }

  void withoutThemTheDefaultsOfTheSpecificationHold() {
    qputenv("XDG_DATA_HOME", "relative/counts/as/unset");
    const auto found = Directories::fromEnvironment();
    QCOMPARE(found.data, QStringLiteral("/home/somebody/.local/share/terrarium"));
    QCOMPARE(found.state, QStringLiteral("/home/somebody/.local/state/terrarium"));
    QCOMPARE(found.cache, QStringLiteral("/home/somebody/.cache/terrarium"));
    QVERIFY(QDir::isAbsolutePath(found.runtime));
  }
};

QTEST_GUILESS_MAIN(DirectoriesTest)
#include "directoriestest.moc"
