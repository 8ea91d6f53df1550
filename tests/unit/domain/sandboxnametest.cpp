// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QTest>

#include "backend/domain/sandboxname.h"

using namespace terrarium;

class SandboxNameTest : public QObject {
  Q_OBJECT
 private slots:
  void namesAreJudged_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("problem");  // empty: accepted
    QTest::newRow("one character") << QByteArray("a") << QString();
    QTest::newRow("64 characters") << QByteArray(64, 'x') << QString();
    QTest::newRow("65 characters") << QByteArray(65, 'x') << QStringLiteral("65 characters");
    QTest::newRow("64 code points of four bytes") << QByteArray("\xF0\x9F\x90\xA2").repeated(64) << QString();
    QTest::newRow("65 code points of four bytes") << QByteArray("\xF0\x9F\x90\xA2").repeated(65) << QStringLiteral("65 characters");
    QTest::newRow("umlauts and blanks") << QByteArray(
                                               "B\xC3\xBC"
                                               "cher und mehr")
                                        << QString();
    QTest::newRow("empty") << QByteArray() << QStringLiteral("is empty");
    QTest::newRow("only blanks") << QByteArray("   ") << QStringLiteral("is empty");
    QTest::newRow("line break") << QByteArray("a\nb") << QStringLiteral("control character");
    QTest::newRow("NUL") << QByteArray("a\0b", 3) << QStringLiteral("control character");
    QTest::newRow("C1 control") << QByteArray("a\xC2\x85") << QStringLiteral("control character");
    QTest::newRow("overlong slash") << QByteArray("\xC0\xAF") << QStringLiteral("UTF-8");
    QTest::newRow("surrogate") << QByteArray("\xED\xA0\x80") << QStringLiteral("UTF-8");
  }
  void namesAreJudged() {
    QFETCH(QByteArray, text);
    QFETCH(QString, problem);
    const auto name = SandboxName::parse(text.toStdString());
    QCOMPARE(name.has_value(), problem.isEmpty());
    if (name) {
      QCOMPARE(name->value(), text.toStdString());
      return;
    }
    QCOMPARE(name.error().field, std::string("name"));
    QCOMPARE(name.error().code, ErrorCode::BadRequest);
    const auto message = QString::fromStdString(name.error().message);
    QVERIFY2(message.contains(problem) && message.startsWith(QStringLiteral("name ")), qPrintable(message));
  }
};

QTEST_GUILESS_MAIN(SandboxNameTest)
#include "sandboxnametest.moc"
