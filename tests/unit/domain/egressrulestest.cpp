// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QTest>

#include "backend/domain/egressrules.h"

using namespace terrarium;

class EgressRulesTest : public QObject {
  Q_OBJECT
 private slots:
  void allowRulesAreJudged_data() {
    QTest::addColumn<QByteArray>("rule");
    QTest::addColumn<QByteArray>("kept");  // empty: refused
    QTest::addColumn<QByteArray>("inMessage");
    const auto good = [](const char* rule, const char* kept) {
      QTest::newRow(rule) << QByteArray(rule) << QByteArray(kept) << QByteArray();
    };
    const auto bad = [](const QByteArray& rule, const char* message) {
      QTest::newRow(rule) << rule << QByteArray() << QByteArray(message);
    };
    good("203.0.113.7", "203.0.113.7");
    good("203.0.113.0/24", "203.0.113.0/24");
    good("0.0.0.0/0", "0.0.0.0/0");
    good("10.0.0.0/8", "10.0.0.0/8");
    good("API.OpenAI.com", "api.openai.com");
    good("*.GitHub.com", "*.github.com");
    bad("", "is empty");
    bad("*", "matches no name");
    bad(" a.test.org", "blanks");
    bad("https://user@api.test.org:8443/v1", "Did you mean api.test.org?");
    bad("api.test.org:443", "Did you mean api.test.org?");
    bad("1.2.3.4:443", "Did you mean 1.2.3.4?");
    bad("api.test.org/v1", "Did you mean api.test.org?");
    bad("::1", "IPv6 is always blocked");
    bad("2001:db8::/32", "IPv6 is always blocked");
    bad("[::1]:443", "IPv6 is always blocked");
    bad("10.1.0.0/8", "did you mean 10.0.0.0/8");
    bad("10.0.0.0/33", "/0 to /32");
    bad("300.1.1.1", "not an IPv4 address");
    bad("localhost", "at least two labels");
    bad("b\xC3\xBC"
        "cher.example",
        "punycode");
    bad("a_b.example", "character");
  }
  void allowRulesAreJudged() {
    QFETCH(QByteArray, rule);
    QFETCH(QByteArray, kept);
    QFETCH(QByteArray, inMessage);
    const auto rules = EgressRules::parse({"first.example.com", rule.toStdString()}, {});
    QCOMPARE(rules.has_value(), !kept.isEmpty());
    if (rules) {
      QCOMPARE(rules->allowOut(), (std::vector<std::string>{"first.example.com", kept.toStdString()}));
      return;
    }
    QCOMPARE(rules.error().field, std::string("network.allow_out[1]"));
    const auto message = QByteArray::fromStdString(rules.error().message);
    QVERIFY2(message.startsWith("network.allow_out[1]") && message.contains(inMessage), message.constData());
  }

  void denyRulesAreJudged_data() {
    QTest::addColumn<QByteArray>("rule");
    QTest::addColumn<QByteArray>("inMessage");
    QTest::newRow("address") << QByteArray("203.0.113.7") << QByteArray();
    QTest::newRow("everything") << QByteArray("0.0.0.0/0") << QByteArray();
    QTest::newRow("domain") << QByteArray("api.test.org") << QByteArray("only allow_out takes");
    QTest::newRow("wildcard") << QByteArray("*.test.org") << QByteArray("only allow_out takes");
    QTest::newRow("star") << QByteArray("*") << QByteArray("0.0.0.0/0");
    QTest::newRow("IPv6") << QByteArray("fe80::1") << QByteArray("IPv6 is always blocked");
    QTest::newRow("empty") << QByteArray() << QByteArray("is empty");
  }
  void denyRulesAreJudged() {
    QFETCH(QByteArray, rule);
    QFETCH(QByteArray, inMessage);
    const auto rules = EgressRules::parse({}, {rule.toStdString()});
    QCOMPARE(rules.has_value(), inMessage.isEmpty());
    if (rules) {
      QCOMPARE(rules->denyOut(), std::vector<std::string>{rule.toStdString()});
      return;
    }
    QCOMPARE(rules.error().field, std::string("network.deny_out[0]"));
    QVERIFY2(QByteArray::fromStdString(rules.error().message).contains(inMessage), rules.error().message.c_str());
  }

  void eachListHolds256Rules() {
    const std::vector<std::string> full(256, "1.2.3.4");
    QVERIFY(EgressRules::parse(full, full));
    const std::vector<std::string> tooMany(257, "1.2.3.4");
    QCOMPARE(EgressRules::parse(tooMany, {}).error().field, std::string("network.allow_out"));
    QCOMPARE(EgressRules::parse({}, tooMany).error().field, std::string("network.deny_out"));
  }

  void everyProblemIsReported() {
    const auto found = EgressRules::problems({"ok.example.com", "*", "::1"}, {"a.example.com"});
    QCOMPARE(found.size(), std::size_t{3});
    QCOMPARE(found[0].field, std::string("network.allow_out[1]"));
    QCOMPARE(found[1].field, std::string("network.allow_out[2]"));
    QCOMPARE(found[2].field, std::string("network.deny_out[0]"));
  }

  void onlyNoRulesAreTheDefault() {
    QVERIFY(EgressRules::open().isDefault());
    QCOMPARE(EgressRules::parse({}, {}).value(), EgressRules::open());
    QVERIFY(!EgressRules::parse({}, {"1.2.3.4"}).value().isDefault());
    QVERIFY(!EgressRules::parse({"1.2.3.4"}, {}).value().isDefault());
  }
};

QTEST_GUILESS_MAIN(EgressRulesTest)
#include "egressrulestest.moc"
