// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QDir>
#include <QLocalSocket>
#include <QTemporaryDir>
#include <QTest>

#include "backend/qemu/machinedirectory.h"

using namespace terrarium;

class MachineDirectoryTest : public QObject {
  Q_OBJECT

 private slots:
  void itsSocketIsReachedHoweverLongThePathIs_data() {
    QTest::addColumn<int>("length");
    // A unix socket's address ends at 107 bytes, for some of its users earlier.
    for (int length = 100; length <= 112; ++length) QTest::addRow("%d bytes", length) << length;
    QTest::newRow("300 bytes") << 300;
  }

  void itsSocketIsReachedHoweverLongThePathIs() {
    QFETCH(int, length);
    const QTemporaryDir home(QDir::tempPath() + QStringLiteral("/td-XXXXXX"));
    const auto rest = length - int(home.path().size() + 2 + qstrlen(MachineDirectory::kAgent));
    QVERIFY2(rest > 0, "the folder for temporary files is too deep for this test");
    QString path = home.path() + QLatin1Char('/');
    for (int i = 0; i < rest; ++i) path += i % 100 == 50 ? QLatin1Char('/') : QLatin1Char('n');
    auto directory = MachineDirectory::open(path);
    QVERIFY(directory.has_value());
    QCOMPARE(directory->file(MachineDirectory::kAgent).size(), length);
    const auto server = directory->listen(MachineDirectory::kAgent);
    QVERIFY(server.has_value());
    QLocalSocket socket;
    socket.connectToServer(directory->socket(MachineDirectory::kAgent));
    QVERIFY2(socket.waitForConnected(5000), qPrintable(socket.errorString()));
  }
};

QTEST_GUILESS_MAIN(MachineDirectoryTest)
#include "machinedirectorytest.moc"
