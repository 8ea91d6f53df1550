// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QTest>

#include "backend/egress/control/controlchannel.h"

using namespace terrarium::egress;

namespace {

const auto kFour = IpAddress::v4(0xcb007107);
const auto kSix = *IpAddress::parse("2606:4700::1111");

std::vector<ToGateway> everythingToGateway() {
  return {SetPolicy{7, {"api.test", "203.0.113.0/24"}, {"0.0.0.0/0"}},
          SetPolicy{~std::uint64_t{0}, {}, {}},
          HostAddresses{{kFour, kSix}},
          NameResolved{9, ResolveOutcome::Found, {kFour, kSix}},
          NameResolved{9, ResolveOutcome::NoSuchName, {}},
          RestoreState{{{kFour, {"api.test", "b.test"}}, {kSix, {}}}, {{40000, {0xcb007107, 443}}}},
          RestoreState{},
          SaveState{},
          NetstackStarted{}};
}

std::vector<FromGateway> everythingFromGateway() {
  FlowEvent denied{FlowEvent::Kind::Deny,
                   3,
                   1700000000123,
                   FlowEvent::Protocol::Dns,
                   "evil.test",
                   std::nullopt,
                   53,
                   "implicit-deny",
                   "no rule allows evil.test",
                   0,
                   0,
                   17};
  FlowEvent closed{
      FlowEvent::Kind::Close, 4, -1, FlowEvent::Protocol::Tcp, "api.test", kSix, 443, "api.test", "", 1, 1ULL << 40, 1};
  return {PolicyApplied{7},
          PolicyRefused{8, "network.allow_out[0] is wrong"},
          ResolveName{9, "api.test"},
          SavedState{{{kFour, {"api.test"}}}, {{1, {2, 3}}, {4, {5, 6}}}},
          NetstackLost{},
          FlowEvents{{denied, closed}},
          FlowEvents{}};
}

template <class Messages, class Parse>
void checkEachLength(const Messages& messages, Parse parse) {
  for (const auto& message : messages) {
    const auto bytes = encoded(message);
    const auto parsed = parse(bytes);
    QVERIFY(parsed && *parsed == message);
    QVERIFY(!parse(bytes + "x"));
    for (std::size_t length = 0; length < bytes.size(); ++length) QVERIFY(!parse(std::string_view(bytes).substr(0, length)));
    auto otherVersion = bytes;
    otherVersion[0] = 2;
    QVERIFY(!parse(otherVersion));
  }
}

}  // namespace

class ControlChannelTest : public QObject {
  Q_OBJECT
 private slots:
  void messagesArriveWholeOrNotAtAll() {
    checkEachLength(everythingToGateway(), parseToGateway);
    checkEachLength(everythingFromGateway(), parseFromGateway);
  }

  void messagesHaveADirection() {
    for (const auto& message : everythingToGateway()) QVERIFY(!parseFromGateway(encoded(message)));
    for (const auto& message : everythingFromGateway()) QVERIFY(!parseToGateway(encoded(message)));
  }

  void enumerationsAreClosed() {
    auto resolved = encoded(ToGateway(NameResolved{9, ResolveOutcome::Failed, {}}));
    resolved[10] = 4;
    QVERIFY(!parseToGateway(resolved));
    resolved[10] = 0;
    QVERIFY(!parseToGateway(resolved));
    auto events = encoded(FromGateway(FlowEvents{{FlowEvent{}}}));
    events[4] = 5;
    QVERIFY(!parseFromGateway(events));
  }

  void countsThatLieAreRefused() {
    // A list of 65535 addresses that are not there.
    QVERIFY(!parseToGateway(std::string("\x01\x02\xff\xff", 4)));
    QVERIFY(!parseToGateway(std::string("\x01\x04\xff\xff", 4) + std::string(100, '\0')));
  }

  void theLargestPolicyFits() {
    const std::vector<std::string> rules(256, std::string(253, 'a'));
    const auto bytes = encoded(ToGateway(SetPolicy{1, rules, rules}));
    QVERIFY(bytes.size() <= kMaxControlMessage);
    QVERIFY(parseToGateway(bytes));
  }

  void pinsThatFindNoRoomAreLeftOut() {
    std::vector<Pin> pins;
    for (std::uint32_t i = 0; i < 4096; ++i) pins.push_back({IpAddress::v4(i), {std::string(253, 'a'), "b.test"}});
    const auto bytes = encoded(FromGateway(SavedState{pins, std::vector<FlowTuple>(4096, FlowTuple{1, {2, 3}})}));
    QVERIFY(bytes.size() <= kMaxControlMessage);
    const auto parsed = parseFromGateway(bytes);
    QVERIFY(parsed);
    const auto& saved = std::get<SavedState>(*parsed).pins;
    QVERIFY(saved.size() > 400);
    QVERIFY(saved.size() < pins.size());
    QVERIFY(saved.front() == pins.front());
  }

  void longTextsAreCut() {
    FlowEvent event;
    event.reason = std::string(5000, 'x');
    const auto parsed = parseFromGateway(encoded(FromGateway(FlowEvents{std::vector<FlowEvent>(100, event)})));
    QVERIFY(parsed);
    QCOMPARE(std::get<FlowEvents>(*parsed).events.size(), kMaxEventsAtOnce);
    QCOMPARE(std::get<FlowEvents>(*parsed).events.front().reason.size(), kMaxEventText);
  }
};

QTEST_GUILESS_MAIN(ControlChannelTest)
#include "controlchanneltest.moc"
