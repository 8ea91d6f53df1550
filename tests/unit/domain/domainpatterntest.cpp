// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QTest>

#include "backend/domain/domainpattern.h"

using namespace terrarium;

namespace {

/// A domain of exactly that many bytes.
QByteArray ofLength(int bytes) {
  QByteArray text = (QByteArray(63, 'a') + '.').repeated(3);
  return text + QByteArray(bytes - static_cast<int>(text.size()), 'b');
}

}  // namespace

class DomainPatternTest : public QObject {
  Q_OBJECT
 private slots:
  void patternsAreJudged_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("inMessage");
    const auto row = [](const QByteArray& text, const char* message = "") {
      QTest::newRow(text.left(80).constData()) << text << QByteArray(message);
    };
    row("api.openai.com");
    row("*.github.com");
    row("API.Test");
    row("a.b");
    row("xn--bcher-kva.example");
    row("a-b.9.x1");
    row(QByteArray(63, 'a') + ".com");
    row(QByteArray(64, 'a') + ".com", "64 characters");
    row(ofLength(253));
    row(ofLength(254), "254 characters");
    row("localhost", "at least two labels");
    row("*.com", "at least two labels");
    row("", "empty label");
    row("a..b", "empty label");
    row(".a.b", "empty label");
    row("*.", "dot");
    row("a.b.", "did you mean a.b?");
    row("-a.b", "'-'");
    row("a-.b", "'-'");
    row("a_b.c", "character");
    row("a.*.b", "'*'");
    row("*a.b", "'*'");
    row("*.*.b", "'*'");
    row("b\xC3\xBC"
        "cher.example",
        "punycode");
  }
  void patternsAreJudged() {
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, inMessage);
    const auto pattern = DomainPattern::parse(text.toStdString());
    QCOMPARE(pattern.has_value(), inMessage.isEmpty());
    if (pattern) {
      QCOMPARE(pattern->text(), text.toLower().toStdString());
    } else {
      QVERIFY2(QByteArray::fromStdString(pattern.error().message).contains(inMessage), pattern.error().message.c_str());
    }
  }

  void matching_data() {
    QTest::addColumn<QByteArray>("pattern");
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<bool>("matches");
    const auto row = [](const char* pattern, const char* name, bool matches) {
      QTest::addRow("%s against %s", name, pattern) << QByteArray(pattern) << QByteArray(name) << matches;
    };
    row("api.test.org", "api.test.org", true);
    row("api.test.org", "x.api.test.org", false);
    row("api.test.org", "xapi.test.org", false);
    row("*.test.org", "a.test.org", true);
    row("*.test.org", "a.b.test.org", true);
    row("*.test.org", "test.org", false);
    row("*.test.org", ".test.org", false);
    row("*.test.org", "atest.org", false);
    row("*.test.org", "a.test.org.evil.com", false);
  }
  void matching() {
    QFETCH(QByteArray, pattern);
    QFETCH(QByteArray, name);
    QTEST(DomainPattern::parse(pattern.toStdString()).value().matches(name.toStdString()), "matches");
  }
};

QTEST_GUILESS_MAIN(DomainPatternTest)
#include "domainpatterntest.moc"
