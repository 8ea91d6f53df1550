// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QTest>

#include "backend/egress/proxy/dnsfront.h"

using namespace terrarium;
using namespace terrarium::egress;
using namespace std::chrono_literals;

namespace {

const DnsFront::Time kStart{};

std::string question(const std::string& label, int type = 1) {
  return std::string("\x12\x34\x01\x00\x00\x01\x00\x00\x00\x00\x00\x00", 12) + static_cast<char>(label.size()) + label +
         std::string("\x04test\x00\x00", 7) + static_cast<char>(type) + std::string("\x00\x01", 2);
}

int codeOf(const std::string& answer) { return answer.at(3) & 15; }

std::uint32_t lastAddress(const std::string& answer) {
  std::uint32_t address = 0;
  for (const char c : answer.substr(answer.size() - 4)) address = address << 8 | static_cast<unsigned char>(c);
  return address;
}

}  // namespace

class DnsFrontTest : public QObject {
  Q_OBJECT
 private slots:
  void init() {
    judge = Judge();
    judge.setHostAddresses({});
    setRules({"api.test"});
    asked.clear();
    answers.clear();
    events.clear();
    resolver = NameResolver([this](const ResolveName& each) { asked.push_back(each); });
    log = EventLog([this](const FlowEvents& batch) {
      events.insert(events.end(), batch.events.begin(), batch.events.end());
      return true;
    });
    front = std::make_unique<DnsFront>(judge, resolver, log);
  }

  void addressesArePinnedToTheName() {
    ask(question("api"), kStart);
    resolver.answered({asked.at(0).id, ResolveOutcome::Found, {IpAddress::v4(0xcb007107), IpAddress::v4(0x0a000005)}}, kStart);
    QCOMPARE(answers.size(), std::size_t{1});
    QCOMPARE(lastAddress(answers[0]), 0xcb007107U);
    QCOMPARE(int(answers[0][7]), 1);
    QCOMPARE(judge.pins().saved().size(), std::size_t{1});
    QVERIFY(judge.pins().namesOf(IpAddress::v4(0xcb007107), kStart) == std::vector<std::string>{"api.test"});
  }

  void rulesMayChangeWhileTheResolverIsAsked() {
    ask(question("api"), kStart);
    setRules({"other.test"});
    resolver.answered({asked.at(0).id, ResolveOutcome::Found, {IpAddress::v4(0xcb007107)}}, kStart);
    QCOMPARE(codeOf(answers.at(0)), 5);
    QVERIFY(judge.pins().saved().empty());
  }

  void aNameWithoutIpv4GetsAnAlias() {
    ask(question("api"), kStart);
    const auto six = *IpAddress::parse("2606:4700::1");
    resolver.answered({asked.at(0).id, ResolveOutcome::Found, {*IpAddress::parse("fd00::1"), six}}, kStart);
    const auto alias = IpAddress::v4(lastAddress(answers.at(0)));
    QVERIFY(Pins::mayBeAlias(alias));
    const auto judged = judge.tcp(alias, 22, kStart);
    QVERIFY(judged.outcome == Outcome::Allow);
    QCOMPARE(judged.host, std::string("api.test"));
    QVERIFY(judge.udp(alias, 9000).outcome == Outcome::Deny);
    ask(question("api"), kStart);
    QCOMPARE(answers.at(1), answers.at(0));
  }

  void onlyBlockedIpv6GetsNone() {
    ask(question("api"), kStart);
    resolver.answered({asked.at(0).id, ResolveOutcome::Found, {*IpAddress::parse("fd00::1")}}, kStart);
    QCOMPARE(codeOf(answers.at(0)), 0);
    QCOMPARE(int(answers.at(0)[7]), 0);
    static_cast<void>(log.flush(kStart));
    QCOMPARE(events.back().reason, std::string("api.test leads to fd00::1, which is private"));
  }

  void denialsAreLogged() {
    ask(question("evil"), kStart);
    QCOMPARE(codeOf(answers.at(0)), 5);
    QVERIFY(asked.empty());
    static_cast<void>(log.flush(kStart));
    QCOMPARE(events.at(0).reason, std::string("no rule allows evil.test"));
    QVERIFY(events.at(0).protocol == FlowEvent::Protocol::Dns);
  }

  void questionsOfASecondAreLimited() {
    for (int i = 0; i < 300; ++i) ask(question("evil"), kStart);
    QCOMPARE(answers.size(), std::size_t{200});
    ask(question("evil"), kStart + 1s);
    QCOMPARE(answers.size(), std::size_t{201});
  }

 private:
  void setRules(const std::vector<std::string>& allow) {
    judge.setPolicy(std::make_shared<const Policy>(1, EgressRules::parse(allow, {}).value()));
  }
  void ask(const std::string& message, DnsFront::Time now) {
    front->ask(message, false, now, [this](const std::string& answer) { answers.push_back(answer); });
  }
  Judge judge;
  NameResolver resolver{nullptr};
  EventLog log{nullptr};
  std::unique_ptr<DnsFront> front;
  std::vector<ResolveName> asked;
  std::vector<std::string> answers;
  std::vector<FlowEvent> events;
};

QTEST_GUILESS_MAIN(DnsFrontTest)
#include "dnsfronttest.moc"
