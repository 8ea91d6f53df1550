// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QTest>

#include "backend/egress/policy/judge.h"

using namespace terrarium;
using namespace terrarium::egress;

namespace {

const Pins::Time kStart{};
using Rules = std::vector<std::string>;

std::shared_ptr<const Policy> policyOf(const Rules& allow, const Rules& deny) {
  return std::make_shared<const Policy>(1, EgressRules::parse(allow, deny).value());
}

QByteArray told(const Judgement& judged) {
  QByteArray text = judged.outcome == Outcome::Allow ? "allow" : judged.outcome == Outcome::Deny ? "deny" : "needs name";
  text += " " + QByteArray::fromStdString(judged.rule);
  if (judged.outcome == Outcome::Deny) text += ": " + QByteArray::fromStdString(judged.reason);
  return text;
}

IpAddress ip(const QByteArray& text) { return *IpAddress::parse(text.toStdString()); }

Rules split(const QByteArray& text) {
  Rules rules;
  for (const auto& rule : text.split(' ')) {
    if (!rule.isEmpty()) rules.push_back(rule.toStdString());
  }
  return rules;
}

void nothingIsAllowed(Judge& judge) {
  const auto address = ip("203.0.113.7");
  for (const auto& judged : {judge.tcp(address, 443, kStart), judge.udp(address, 123), judge.name("api.test"),
                             judge.lookup("api.test"), judge.open(address, 443, "api.test", kStart)}) {
    QCOMPARE(told(judged), QByteArray("deny implicit-deny: the rules of this sandbox are not loaded yet"));
  }
}

}  // namespace

/// The order of decision, and the ways around it that others have met.
class JudgeTest : public QObject {
  Q_OBJECT
 private slots:
  void theOrderIsBlockedAllowDenyImplicitDenyAllow_data() {
    QTest::addColumn<QByteArray>("allow");
    QTest::addColumn<QByteArray>("deny");
    QTest::addColumn<QByteArray>("address");
    QTest::addColumn<QByteArray>("verdict");
    const auto row = [](const char* allow, const char* deny, const char* address, const char* verdict) {
      QTest::addRow("allow [%s] deny [%s] %s", allow, deny, address)
          << QByteArray(allow) << QByteArray(deny) << QByteArray(address) << QByteArray(verdict);
    };
    row("", "", "203.0.113.7", "allow default-allow");
    row("", "", "10.0.0.5", "deny always-blocked: 10.0.0.5 is private");
    row("10.0.0.0/8", "", "10.0.0.5", "deny always-blocked: 10.0.0.5 is private");
    row("0.0.0.0/0", "", "127.0.0.1", "deny always-blocked: 127.0.0.1 is this computer itself");
    row("203.0.113.0/24", "", "203.0.113.7", "allow 203.0.113.0/24");
    row("203.0.113.0/24", "", "198.51.100.1", "deny implicit-deny: no rule allows 198.51.100.1");
    row("", "203.0.113.0/24", "203.0.113.7", "deny 203.0.113.0/24: deny_out has 203.0.113.0/24");
    row("", "203.0.113.0/24", "198.51.100.1", "allow default-allow");
    row("203.0.113.7", "203.0.113.0/24", "203.0.113.7", "allow 203.0.113.7");
    row("203.0.113.7", "203.0.113.0/24", "203.0.113.8", "deny 203.0.113.0/24: deny_out has 203.0.113.0/24");
    row("203.0.113.0/24", "203.0.113.7", "203.0.113.7", "allow 203.0.113.0/24");
    row("203.0.113.0/24", "0.0.0.0/0", "203.0.113.7", "allow 203.0.113.0/24");
    row("api.test", "", "203.0.113.7", "needs name implicit-deny");
    row("api.test", "203.0.113.0/24", "203.0.113.7", "needs name implicit-deny");
    row("api.test 203.0.113.0/24", "0.0.0.0/0", "203.0.113.7", "allow 203.0.113.0/24");
    row("api.test", "", "192.168.1.1", "deny always-blocked: 192.168.1.1 is private");
  }
  void theOrderIsBlockedAllowDenyImplicitDenyAllow() {
    QFETCH(QByteArray, allow);
    QFETCH(QByteArray, deny);
    QFETCH(QByteArray, address);
    QFETCH(QByteArray, verdict);
    Judge judge;
    judge.setHostAddresses({});
    judge.setPolicy(policyOf(split(allow), split(deny)));
    QCOMPARE(told(judge.tcp(ip(address), 443, kStart)), verdict);
  }

  void nothingIsAllowedBeforeTheRulesAreThere() {
    Judge withoutPolicy, withoutAddresses;
    withoutPolicy.setHostAddresses({});
    withoutAddresses.setPolicy(policyOf({}, {}));
    nothingIsAllowed(withoutPolicy);
    nothingIsAllowed(withoutAddresses);
  }

  void bypassesFail_data() {
    QTest::addColumn<QByteArray>("kind");
    QTest::addColumn<QByteArray>("what");
    QTest::addColumn<int>("port");
    QTest::addColumn<QByteArray>("verdict");
    const auto row = [](const char* kind, const char* what, int port, const char* verdict) {
      QTest::addRow("%s %s %d", kind, what, port) << QByteArray(kind) << QByteArray(what) << port << QByteArray(verdict);
    };
    // Names and lookups.
    row("lookup", "api.test", 0, "allow api.test");
    row("lookup", "data.evil.test", 0, "deny implicit-deny: no rule allows data.evil.test");
    row("name", "a.ok.test", 0, "allow *.ok.test");
    row("name", "a.b.ok.test", 0, "allow *.ok.test");
    row("name", "ok.test", 0, "deny implicit-deny: no rule allows ok.test");
    row("name", "evilok.test", 0, "deny implicit-deny: no rule allows evilok.test");
    row("name", "ok.test.evil.test", 0, "deny implicit-deny: no rule allows ok.test.evil.test");
    row("name", "api.test.evil.test", 0, "deny implicit-deny: no rule allows api.test.evil.test");
    row("name", "xapi.test", 0, "deny implicit-deny: no rule allows xapi.test");
    row("target", "127.0.0.1", 0, "deny always-blocked: api.test leads to 127.0.0.1, which is this computer itself");
    row("target", "10.0.0.5", 0, "deny always-blocked: api.test leads to 10.0.0.5, which is private");
    row("target", "169.254.169.254", 0,
        "deny always-blocked: api.test leads to 169.254.169.254, which is a service of cloud platforms");
    row("target", "::ffff:10.0.0.5", 0,
        "deny always-blocked: api.test leads to ::ffff:10.0.0.5, which stands for 10.0.0.5, which is private");
    row("target", "93.184.0.10", 0, "deny always-blocked: api.test leads to 93.184.0.10, which is an address of this computer");
    row("target", "198.51.100.9", 0, "allow ");
    // Name services that are not ours.
    row("udp", "8.8.8.8", 853, "deny protocol: DNS over TLS or QUIC would pass by the sandbox's own name service: use port 53");
    row("tcp", "8.8.8.8", 853, "deny protocol: DNS over TLS or QUIC would pass by the sandbox's own name service: use port 53");
    row("udp", "224.0.0.251", 5353, "deny always-blocked: 224.0.0.251 is multicast");
    row("udp", "224.0.0.252", 5355, "deny always-blocked: 224.0.0.252 is multicast");
    row("udp", "8.8.8.8", 137, "deny implicit-deny: no rule allows 8.8.8.8, and UDP is judged by addresses only");
    // Addresses.
    row("tcp", "10.0.2.2", 80, "deny always-blocked: 10.0.2.2 is private");
    row("tcp", "10.0.2.3", 22, "deny always-blocked: 10.0.2.3 is private");
    row("tcp", "93.184.0.10", 8080, "deny always-blocked: 93.184.0.10 is an address of this computer");
    row("tcp", "203.0.113.200", 22, "allow 203.0.113.0/24");
    row("tcp", "198.51.100.9", 443, "needs name implicit-deny");
    row("tcp", "198.51.100.9", 80, "needs name implicit-deny");
    row("tcp", "198.51.100.9", 22, "deny implicit-deny: no rule allows 198.51.100.9");
    row("tcp", "198.51.100.10", 22, "allow api.test");                                    // pinned
    row("tcp", "198.51.100.11", 22, "deny implicit-deny: no rule allows 198.51.100.11");  // pinned for a name that no rule has
    row("tcp", "198.51.100.10", 443, "needs name implicit-deny");
    // UDP.
    row("udp", "203.0.113.7", 123, "allow 203.0.113.0/24");
    row("udp", "203.0.113.7", 443, "deny protocol: QUIC is always refused, so that programs use TCP");
    row("udp", "198.51.100.10", 123, "deny implicit-deny: no rule allows 198.51.100.10, and UDP is judged by addresses only");
  }
  void bypassesFail() {
    QFETCH(QByteArray, kind);
    QFETCH(QByteArray, what);
    QFETCH(int, port);
    QFETCH(QByteArray, verdict);
    Judge judge;
    judge.setPolicy(policyOf({"api.test", "*.ok.test", "203.0.113.0/24"}, {"0.0.0.0/0"}));
    judge.setHostAddresses({ip("93.184.0.10")});
    judge.pins().add(ip("198.51.100.10"), "api.test", kStart);
    judge.pins().add(ip("198.51.100.11"), "once.test", kStart);
    const auto number = static_cast<std::uint16_t>(port);
    const auto judged = kind == "lookup"   ? judge.lookup(what.toStdString())
                        : kind == "name"   ? judge.name(what.toStdString())
                        : kind == "target" ? judge.target(ip(what), "api.test")
                        : kind == "udp"    ? judge.udp(ip(what), number)
                                           : judge.tcp(ip(what), number, kStart);
    QCOMPARE(told(judged), verdict);
  }

  void lookupsGoOnlyWhereSomethingMayBeAllowed_data() {
    QTest::addColumn<QByteArray>("allow");
    QTest::addColumn<QByteArray>("deny");
    QTest::addColumn<bool>("allowed");
    QTest::newRow("open") << QByteArray() << QByteArray() << true;
    QTest::newRow("some denied") << QByteArray() << QByteArray("203.0.113.0/24") << true;
    QTest::newRow("all denied") << QByteArray() << QByteArray("0.0.0.0/0") << false;
    QTest::newRow("all denied in halves") << QByteArray() << QByteArray("128.0.0.0/1 0.0.0.0/1") << false;
    QTest::newRow("addresses allowed") << QByteArray("203.0.113.0/24") << QByteArray() << false;
    QTest::newRow("other name allowed") << QByteArray("api.test") << QByteArray() << false;
    QTest::newRow("every address allowed") << QByteArray("0.0.0.0/0 api.test") << QByteArray() << true;
    QTest::newRow("every address allowed, all denied") << QByteArray("0.0.0.0/0") << QByteArray("0.0.0.0/0") << true;
  }
  void lookupsGoOnlyWhereSomethingMayBeAllowed() {
    QFETCH(QByteArray, allow);
    QFETCH(QByteArray, deny);
    QFETCH(bool, allowed);
    Judge judge;
    judge.setHostAddresses({});
    judge.setPolicy(policyOf(split(allow), split(deny)));
    QCOMPARE(judge.lookup("example.org").outcome == Outcome::Allow, allowed);
  }

  void openFlowsAreJudgedAnew() {
    Judge judge;
    judge.setHostAddresses({});
    const auto address = ip("198.51.100.9");
    const auto isOpen = [&](const char* name) { return judge.open(address, 443, name, kStart).outcome == Outcome::Allow; };
    judge.setPolicy(policyOf({}, {}));
    QVERIFY(isOpen(""));
    judge.setPolicy(policyOf({"api.test"}, {}));
    QVERIFY(isOpen("api.test"));
    QVERIFY(!isOpen("other.test"));
    QVERIFY(!isOpen(""));
    judge.setPolicy(policyOf({"198.51.100.0/24"}, {}));
    QVERIFY(isOpen("other.test"));
    judge.setPolicy(policyOf({}, {"198.51.100.9"}));
    QVERIFY(!isOpen("api.test"));
    judge.setPolicy(policyOf({"api.test"}, {"198.51.100.9"}));
    QVERIFY(isOpen("api.test"));
    judge.setHostAddresses({address});
    QVERIFY(!isOpen("api.test"));
    const auto six = ip("2606:4700::1");
    QVERIFY(judge.open(six, 443, "api.test", kStart).outcome == Outcome::Allow);
    QVERIFY(judge.open(six, 443, "other.test", kStart).outcome == Outcome::Deny);
  }

  void anAliasIsWorthWhatItsNameIs() {
    Judge judge;
    judge.setHostAddresses({});
    const auto alias = judge.pins().aliasOf("six.test", kStart);
    const auto verdict = [&](std::uint16_t port) { return told(judge.tcp(alias, port, kStart)); };
    judge.setPolicy(policyOf({"six.test"}, {}));
    QCOMPARE(verdict(22), QByteArray("allow six.test"));
    QCOMPARE(verdict(443), QByteArray("needs name implicit-deny"));
    judge.setPolicy(policyOf({}, {}));
    QCOMPARE(verdict(443), QByteArray("allow default-allow"));
    judge.setPolicy(policyOf({"other.test"}, {}));
    QCOMPARE(verdict(22), QByteArray("deny implicit-deny: no rule allows six.test"));
    judge.setPolicy(policyOf({"203.0.113.0/24"}, {}));
    QCOMPARE(verdict(443), QByteArray("deny implicit-deny: no rule allows six.test"));
    judge.setPolicy(policyOf({"0.0.0.0/0"}, {}));
    QVERIFY(judge.tcp(ip("198.19.0.1"), 22, kStart).outcome == Outcome::Deny);
    QVERIFY(judge.open(ip("2606:4700::1"), 443, "six.test", kStart).outcome == Outcome::Allow);
  }

  void aPinIsWorthWhatTheRulesSayNow() {
    Judge judge;
    judge.setHostAddresses({});
    const auto address = ip("198.51.100.9");
    judge.pins().add(address, "git.test", kStart);
    judge.setPolicy(policyOf({"git.test"}, {}));
    const auto judged = judge.tcp(address, 22, kStart);
    QCOMPARE(told(judged), QByteArray("allow git.test"));
    QCOMPARE(judged.host, std::string("git.test"));
    judge.setPolicy(policyOf({"other.test"}, {}));
    QCOMPARE(told(judge.tcp(address, 22, kStart)), QByteArray("deny implicit-deny: no rule allows 198.51.100.9"));
  }
};

QTEST_GUILESS_MAIN(JudgeTest)
#include "judgetest.moc"
