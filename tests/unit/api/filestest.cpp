// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QTest>

#include "backend/api/files.h"

using namespace terrarium;

class FilesTest : public QObject {
  Q_OBJECT
 private slots:
  void guestPathsAreChecked_data() {
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QByteArray>("inMessage");
    const auto row = [](const QByteArray& path, const char* message = "") {
      QTest::addRow("%s", path.left(60).constData()) << path << QByteArray(message);
    };
    row("/");
    row("/home/user/a b.txt");
    row("/..a/b../...");
    row("/a//b/");
    row("/" + QByteArray(4095, 'x'));
    row("/" + QByteArray(4096, 'x'), "4096 bytes");
    row("", "absolute");
    row("relative", "absolute");
    row("/..", "'..'");
    row("/a/../b", "'..'");
    row("/a/..", "'..'");
    row(QByteArray("/a\0b", 4), "NUL");
  }
  void guestPathsAreChecked() {
    QFETCH(QByteArray, path);
    QFETCH(QByteArray, inMessage);
    const auto checked = checkedGuestPath(path.toStdString());
    QCOMPARE(checked.has_value(), inMessage.isEmpty());
    if (checked) {
      QCOMPARE(*checked, path.toStdString());
    } else {
      QCOMPARE(checked.error().field, std::string("path"));
      QVERIFY2(QByteArray::fromStdString(checked.error().message).contains(inMessage), checked.error().message.c_str());
    }
  }
};

QTEST_GUILESS_MAIN(FilesTest)
#include "filestest.moc"
