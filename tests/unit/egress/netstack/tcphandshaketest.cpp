// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QTest>

#include "tests/unit/egress/netstack/scriptedguest.h"

using namespace terrarium;
using namespace terrarium::netstack;
using namespace terrarium::netstack::tests;
using namespace std::chrono_literals;

/// From the guest's SYN to the first byte, and all the ways in which it does not come to that.
class TcpHandshakeTest : public QObject {
  Q_OBJECT

 private slots:
  void egressIsAskedBeforeTheGuestHearsAnything() {
    ScriptedGuest guest;
    guest.send(guest.syn());
    const auto asked = guest.control.take();
    QVERIFY(std::get<egress::Open>(asked).id != 0);
    QCOMPARE(std::get<egress::Open>(asked).tuple, kWeb);
    QVERIFY(guest.isQuiet());
    guest.wait(10s);
    QVERIFY(guest.isQuiet());
    // Sent again it means the same.
    guest.send(guest.syn());
    QVERIFY(guest.isQuiet());
    QVERIFY(guest.control.told.empty());
  }

  void anAcceptedFlowIsAnswered() {
    ScriptedGuest guest;
    guest.knock();
    guest.accept();
    const auto answer = guest.take();
    QVERIFY(answer.is(kSyn | kAck));
    QCOMPARE(answer.acknowledgement, Sequence(1001));
    QCOMPARE(answer.mss, std::optional<std::uint16_t>(8960));
    QCOMPARE(answer.windowScale, std::optional<std::uint8_t>(8));
    QVERIFY(guest.isQuiet());
  }

  void withoutTheOptionsOfTheGuestNoneAreUsed() {
    ScriptedGuest guest;
    auto syn = guest.syn();
    syn.mss.reset();
    syn.windowScale.reset();
    guest.knock(syn);
    guest.accept();
    const auto answer = guest.take();
    QCOMPARE(answer.windowScale, std::optional<std::uint8_t>());
    guest.own = 1001;
    guest.peer = answer.sequence + 1;
    guest.confirm();
    guest.serve(std::string(1200, 'x'));
    QCOMPARE(guest.take().payload.size(), std::size_t(536));
  }

  void aRefusedFlowIsRefusedAtTheSyn() {
    ScriptedGuest guest;
    const auto id = guest.knock();
    guest.message(egress::Refuse{id, egress::Refusal::Reset});
    const auto answer = guest.take();
    QVERIFY(answer.is(kRst | kAck));
    QCOMPARE(answer.sequence, Sequence(0));
    QCOMPARE(answer.acknowledgement, Sequence(1001));
    QVERIFY(guest.control.told.empty());
    // The next try asks anew.
    QVERIFY(guest.knock() > id);
  }

  void anUnreachableTargetIsReportedByTheGateway() {
    ScriptedGuest guest;
    const auto id = guest.knock();
    guest.message(egress::Refuse{id, egress::Refusal::Unreachable});
    const auto packet = parseIpv4(Bytes(guest.cable.frames.front()).subspan(kEthernetHeader));
    QVERIFY(packet.has_value());
    QCOMPARE(packet->protocol, kIcmp);
    QCOMPARE(packet->source, kGatewayAddress);
    QCOMPARE(sumOf(packet->payload) % 0xffff, 0u);
    QCOMPARE(packet->payload[0], std::uint8_t(3));
    QCOMPARE(packet->payload[1], std::uint8_t(1));
    const auto quoted = parseIpv4(packet->payload.subspan(8));
    QVERIFY(quoted.has_value());
    QCOMPARE(quoted->source, kGuestAddress);
    QCOMPARE(quoted->destination, kServer);
    QCOMPARE(read16(quoted->payload, 0), kWeb.guestPort);
    QCOMPARE(read16(quoted->payload, 2), kWeb.peer.port);
    QCOMPARE(read32(quoted->payload, 4), std::uint32_t(1000));
  }

  void theAnswerIsRepeatedAndThenGivenUp() {
    ScriptedGuest guest;
    const auto id = guest.knock();
    guest.accept();
    QVERIFY(guest.take().is(kSyn | kAck));
    guest.wait(299ms);
    QVERIFY(guest.isQuiet());
    guest.wait(1ms);
    QVERIFY(guest.take().is(kSyn | kAck));
    int repeated = 0;
    for (int i = 0; i < 100 && !guest.pipe->closed; ++i) {
      guest.wait(1s);
      for (const auto& reply : guest.takeAll()) repeated += reply.is(kSyn | kAck) ? 1 : 0;
    }
    QCOMPARE(repeated, 9);
    QVERIFY(std::get<egress::Reset>(guest.control.take()).id == id);
    QVERIFY(std::get<egress::Closed>(guest.control.take()).id == id);
  }

  void aRepeatedSynIsAnsweredAgain() {
    ScriptedGuest guest;
    guest.knock();
    guest.accept();
    const auto first = guest.take();
    guest.send(guest.syn());
    const auto second = guest.take();
    QVERIFY(second.is(kSyn | kAck));
    QCOMPARE(second.sequence, first.sequence);
  }

  void aConfirmationOfSomethingElseIsReset() {
    ScriptedGuest guest;
    guest.knock();
    guest.accept();
    const auto answer = guest.take();
    guest.send(kAck, 1001, answer.sequence + 2);
    const auto reset = guest.take();
    QVERIFY(reset.is(kRst));
    QCOMPARE(reset.sequence, answer.sequence + 2);
    guest.send(kAck, 1001, answer.sequence + 1, "still fine");
    QCOMPARE(guest.pipe->arrived, std::string("still fine"));
  }

  void aGuestThatGivesUpIsForgotten_data() {
    QTest::addColumn<bool>("accepted");
    QTest::newRow("before the answer of egress") << false;
    QTest::newRow("after it") << true;
  }
  void aGuestThatGivesUpIsForgotten() {
    QFETCH(bool, accepted);
    ScriptedGuest guest;
    const auto id = guest.knock();
    if (accepted) guest.accept();
    guest.takeAll();
    guest.send(kRst, 1001, 0);
    QVERIFY(std::get<egress::Reset>(guest.control.take()).id == id);
    QVERIFY((std::get<egress::Closed>(guest.control.take()) == egress::Closed{id, 0, 0}));
    QVERIFY(guest.isQuiet());
    // A late promise is closed at once.
    guest.pipe = std::make_shared<Pipe>();
    guest.accept();
    QVERIFY(guest.pipe->closed);
    QVERIFY(guest.isQuiet());
  }

  void aPortThatIsUsedAnewAsksAnew() {
    ScriptedGuest guest;
    const auto first = guest.knock();
    guest.own = 77777;
    guest.send(guest.syn());
    QVERIFY(std::get<egress::Reset>(guest.control.take()).id == first);
    QVERIFY(std::get<egress::Closed>(guest.control.take()).id == first);
    QVERIFY(std::get<egress::Open>(guest.control.take()).id > first);
  }

  void aPromiseWithoutAStreamIsAReset() {
    ScriptedGuest guest;
    const auto id = guest.knock();
    guest.message(egress::Accept{id});
    QVERIFY(guest.take().is(kRst | kAck));
    QVERIFY(std::get<egress::Closed>(guest.control.take()).id == id);
  }

  void egressThatNeverAnswersIsGivenUp() {
    ScriptedGuest guest;
    const auto id = guest.knock();
    guest.wait(59s);
    QVERIFY(guest.isQuiet());
    guest.wait(2s);
    QVERIFY(guest.take().is(kRst | kAck));
    QVERIFY(std::get<egress::Reset>(guest.control.take()).id == id);
    QVERIFY(std::get<egress::Closed>(guest.control.take()).id == id);
  }

  void withoutEgressEverythingIsRefused() {
    ScriptedGuest guest;
    guest.control.state = Control::Offered::Gone;
    guest.send(guest.syn());
    QVERIFY(guest.take().is(kRst | kAck));
    // A full channel is no reason: the guest asks again.
    guest.control.state = Control::Offered::Full;
    guest.send(guest.syn());
    QVERIFY(guest.isQuiet());
    guest.control.state = Control::Offered::Taken;
    QVERIFY(guest.knock() != 0);
  }

  void halfOpenFlowsAreLimited() {
    ScriptedGuest guest;
    for (std::size_t i = 0; i < TcpFlows::kMostHalfOpen; ++i) {
      guest.tuple.guestPort = static_cast<std::uint16_t>(1000 + i);
      QVERIFY(guest.knock() != 0);
    }
    guest.tuple.guestPort = 999;
    guest.send(guest.syn());
    QVERIFY(guest.take().is(kRst | kAck));
    QCOMPARE(std::get<egress::Note>(guest.control.take()).code, std::string_view("flow-limit"));
    guest.message(egress::Refuse{1, egress::Refusal::Reset});
    QVERIFY(guest.knock() != 0);
  }

  void firstNumbersDifferByConnectionAndGrowWithTime() {
    ScriptedGuest guest;
    const auto first = [&](std::uint16_t port) {
      guest.tuple.guestPort = port;
      guest.knock();
      guest.accept();
      const auto number = guest.take().sequence;
      guest.send(kRst, 1001, 0);
      guest.control.told.clear();
      return number;
    };
    const auto one = first(1000);
    QVERIFY(first(1001) != one + 1);
    guest.now += 4s;
    QCOMPARE(first(1000), one + 1'000'000);
  }
};

QTEST_GUILESS_MAIN(TcpHandshakeTest)
#include "tcphandshaketest.moc"
