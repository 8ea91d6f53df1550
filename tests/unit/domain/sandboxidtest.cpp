// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QRegularExpression>
#include <QTest>
#include <set>

#include "backend/domain/sandboxid.h"

using namespace terrarium;

class SandboxIdTest : public QObject {
  Q_OBJECT
 private slots:
  void idsAreJudged_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("value");  // empty: refused
    const QByteArray uuid("0b8f0c0e-5a3c-4f0e-9d2c-6f4d1c2b3a49");
    QTest::newRow("uuid") << uuid << uuid;
    QTest::newRow("upper case") << uuid.toUpper() << uuid;
    QTest::newRow("with region") << "sb-use1-" + uuid << uuid;
    QTest::newRow("empty region") << "sb--" + uuid << QByteArray();
    QTest::newRow("region in capitals") << "sb-USE-" + uuid << QByteArray();
    QTest::newRow("two regions") << "sb-a-b-" + uuid << QByteArray();
    QTest::newRow("no region") << "sb-" + uuid << QByteArray();
    QTest::newRow("other prefix") << "xx-use-" + uuid << QByteArray();
    QTest::newRow("empty") << QByteArray() << QByteArray();
    QTest::newRow("too short") << uuid.chopped(1) << QByteArray();
    QTest::newRow("too long") << uuid + '0' << QByteArray();
    QTest::newRow("no hex digit") << QByteArray(uuid).replace(0, 1, "g") << QByteArray();
    QTest::newRow("hyphen astray") << QByteArray("0b8f0c0-e5a3c-4f0e-9d2c-6f4d1c2b3a49") << QByteArray();
    QTest::newRow("path") << QByteArray("../../etc/passwd") << QByteArray();
  }
  void idsAreJudged() {
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, value);
    const auto id = SandboxId::parse(text.toStdString());
    QCOMPARE(id ? QByteArray::fromStdString(id->value()) : QByteArray(), value);
    if (!id) QCOMPARE(id.error().field, std::string("id"));
  }

  void randomIdsAreVersionFourAndDiffer() {
    static const QRegularExpression form(QStringLiteral("^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$"));
    std::set<std::string> seen;
    for (int i = 0; i < 200; ++i) {
      const auto id = SandboxId::random();
      QVERIFY2(form.match(QString::fromStdString(id.value())).hasMatch(), id.value().c_str());
      QCOMPARE(SandboxId::parse(id.value()).value(), id);
      seen.insert(id.value());
    }
    QCOMPARE(seen.size(), std::size_t{200});
  }
};

QTEST_GUILESS_MAIN(SandboxIdTest)
#include "sandboxidtest.moc"
