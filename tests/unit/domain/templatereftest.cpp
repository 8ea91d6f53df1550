// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QTest>

#include "backend/domain/templateinfo.h"
#include "backend/domain/templateref.h"

using namespace terrarium;

class TemplateRefTest : public QObject {
  Q_OBJECT
 private slots:
  void referencesAreJudged_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<bool>("accepted");
    QTest::addColumn<bool>("isId");
    const auto row = [](const QByteArray& text, bool accepted, bool isId = false) {
      QTest::newRow(text.left(60).constData()) << text << accepted << isId;
    };
    row("superserve/base", true);
    row("superserve/python-3.11", true);
    row("my_env", true);
    row("a", true);
    row("7", true);
    row(QByteArray(128, 'a'), true);
    row(QByteArray(129, 'b'), false);
    row("", false);
    row("-a", false);
    row("a-", false);
    row("a/", false);
    row(".a", false);
    row("Upper", false);
    row("a b", false);
    row("\xC3\xA4", false);
    row("0b8f0c0e-5a3c-4f0e-9d2c-6f4d1c2b3a49", true, true);
    row("0B8F0C0E-5A3C-4F0E-9D2C-6F4D1C2B3A49", true, true);
  }
  void referencesAreJudged() {
    QFETCH(QByteArray, text);
    QFETCH(bool, accepted);
    QFETCH(bool, isId);
    const auto ref = TemplateRef::parse(text.toStdString());
    QCOMPARE(ref.has_value(), accepted);
    if (ref) {
      QCOMPARE(ref->isId(), isId);
      QCOMPARE(ref->value(), text.toLower().toStdString());
    } else {
      QCOMPARE(ref.error().field, std::string("from_template"));
      QVERIFY(ref.error().message.find("accepted is") != std::string::npos);
    }
  }

  void theDefaultIsTheBaseTemplate() { QCOMPARE(TemplateRef::defaultTemplate(), TemplateRef::parse("superserve/base").value()); }

  void statusNamesGoBothWays() {
    for (const auto* name : {"pending", "building", "ready", "failed"}) {
      const auto status = templateStatusFromName(name);
      QVERIFY(status);
      QCOMPARE(templateStatusName(*status), std::string_view(name));
    }
    QVERIFY(!templateStatusFromName("Ready"));
  }
};

QTEST_GUILESS_MAIN(TemplateRefTest)
#include "templatereftest.moc"
