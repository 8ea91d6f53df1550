// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QTest>
#include <random>

#include "tests/unit/egress/netstack/scriptedguest.h"

using namespace terrarium;
using namespace terrarium::netstack;
using namespace terrarium::netstack::tests;
using namespace std::chrono_literals;

namespace {

std::string pattern(std::size_t size) {
  std::string text(size, '\0');
  for (std::size_t i = 0; i < size; ++i) text[i] = static_cast<char>(i * 31 + i / 251);
  return text;
}

std::string payloadOf(const std::vector<Reply>& replies) {
  std::string text;
  for (const auto& reply : replies) text += reply.payload;
  return text;
}

}  // namespace

/// What goes to the guest: its windows, and the frames that it loses.
class TcpSenderTest : public QObject {
  Q_OBJECT

  /// A connection whose guest takes segments of 1000 bytes and has no window scale.
  static void connect(ScriptedGuest& guest, std::uint16_t window) {
    auto syn = guest.syn();
    syn.mss = 1000;
    syn.windowScale.reset();
    syn.window = guest.window = window;
    guest.connect(syn);
  }

 private slots:
  void segmentsAreAsLargeAsTheGuestTakesThem() {
    ScriptedGuest guest;
    connect(guest, 60000);
    guest.serve(pattern(2500));
    const auto replies = guest.takeAll();
    QCOMPARE(replies.size(), std::size_t(3));
    QCOMPARE(replies[0].payload.size(), std::size_t(1000));
    QCOMPARE(replies[2].payload.size(), std::size_t(500));
    QCOMPARE(payloadOf(replies), pattern(2500));
    QVERIFY((replies[0].flags & TcpSegment::Push) == 0);
    QVERIFY((replies[2].flags & TcpSegment::Push) != 0);
  }

  void theWindowOfTheGuestIsObeyed() {
    ScriptedGuest guest;
    connect(guest, 3000);
    guest.serve(pattern(10000));
    QCOMPARE(guest.takeAll().size(), std::size_t(3));
    guest.peer += 1000;
    guest.confirm();
    QCOMPARE(guest.takeAll().size(), std::size_t(1));
    // A window that shrinks is obeyed as well.
    guest.window = 1000;
    guest.peer += 1000;
    guest.confirm();
    QVERIFY(guest.isQuiet());
  }

  void smallRestsOfAWindowWaitForMore() {
    ScriptedGuest guest;
    connect(guest, 3000);
    guest.serve(pattern(10000));
    guest.takeAll();
    guest.peer += 1000;
    guest.window = 2100;
    guest.confirm();
    QVERIFY(guest.isQuiet());
    guest.peer += 2000;
    guest.window = 300;
    guest.confirm();
    QVERIFY(guest.isQuiet());
    // It would wait for ever without the timer.
    guest.wait(300ms);
    QCOMPARE(guest.take().payload.size(), std::size_t(300));
  }

  void aClosedWindowIsAskedFor() {
    ScriptedGuest guest;
    connect(guest, 1000);
    guest.serve(pattern(1000));
    QCOMPARE(guest.takeAll().size(), std::size_t(1));
    guest.peer += 1000;
    guest.window = 0;
    guest.confirm();
    guest.serve(pattern(10));
    QVERIFY(guest.isQuiet());
    auto pause = 300ms;
    for (int i = 0; i < 20; ++i) {
      guest.wait(pause - 1ms);
      QVERIFY(guest.isQuiet());
      guest.wait(1ms);
      const auto probe = guest.take();
      QVERIFY(probe.is(kAck));
      QCOMPARE(probe.sequence, guest.peer - 1);
      QCOMPARE(probe.payload, std::string());
      pause = std::min(pause * 2, std::chrono::milliseconds(5000));
      // As long as it answers, it may keep its window closed.
      guest.confirm();
    }
    guest.window = 1000;
    guest.confirm();
    QCOMPARE(guest.take().payload, pattern(10));
  }

  void aLostSegmentIsSentAgainAfterAWhile() {
    ScriptedGuest guest;
    connect(guest, 60000);
    guest.serve(pattern(1500), true);
    const auto first = guest.takeAll();
    guest.wait(299ms);
    QVERIFY(guest.isQuiet());
    guest.wait(1ms);
    const auto second = guest.takeAll();
    QCOMPARE(second.size(), first.size());
    QCOMPARE(payloadOf(second), pattern(1500));
    QCOMPARE(second[0].sequence, guest.peer);
    QVERIFY(second[1].is(kFin | kAck));
    // Half of it arrived.
    guest.peer += 1000;
    guest.confirm();
    guest.wait(300ms);
    const auto third = guest.takeAll();
    QCOMPARE(third.size(), std::size_t(1));
    QCOMPARE(third[0].payload.size(), std::size_t(500));
    QVERIFY(third[0].is(kFin | kAck));
    guest.peer += 501;
    guest.send(kFin | kAck, guest.own, guest.peer);
    QVERIFY((std::get<egress::Closed>(guest.control.take()) == egress::Closed{guest.id, 0, 1500}));
  }

  void aGuestThatFallsSilentIsGivenUp() {
    ScriptedGuest guest;
    connect(guest, 60000);
    guest.serve("anybody?");
    int sent = 0;
    bool reset = false;
    for (int i = 0; i < 1000 && !reset; ++i) {
      for (const auto& reply : guest.takeAll()) {
        sent += reply.payload.empty() ? 0 : 1;
        reset |= reply.is(kRst | kAck);
      }
      guest.wait(100ms);
    }
    QVERIFY(reset);
    QCOMPARE(sent, 1 + TcpSender::kTries);
    QVERIFY(std::get<egress::Reset>(guest.control.take()).id == guest.id);
  }

  void threeDuplicatesRepairALossAtOnce() {
    ScriptedGuest guest;
    connect(guest, 60000);
    guest.serve(pattern(6000));
    QCOMPARE(guest.takeAll().size(), std::size_t(6));
    guest.confirm();
    guest.confirm();
    QVERIFY(guest.isQuiet());
    guest.confirm();
    const auto again = guest.takeAll();
    QCOMPARE(again.size(), std::size_t(1));
    QCOMPARE(again[0].sequence, guest.peer);
    QCOMPARE(again[0].payload, pattern(6000).substr(0, 1000));
    guest.confirm();
    QVERIFY(guest.isQuiet());
    // A partial confirmation shows the next hole (NewReno).
    guest.peer += 3000;
    guest.confirm();
    const auto next = guest.takeAll();
    QCOMPARE(next.size(), std::size_t(1));
    QCOMPARE(next[0].sequence, guest.peer);
    guest.peer += 3000;
    guest.confirm();
    QVERIFY(guest.isQuiet());
    guest.wait(10s);
    QVERIFY(guest.isQuiet());
  }

  void windowUpdatesAndDataAreNoDuplicates() {
    ScriptedGuest guest;
    connect(guest, 10000);
    guest.serve(pattern(6000));
    guest.takeAll();
    for (int i = 0; i < 5; ++i) {
      guest.window = static_cast<std::uint16_t>(10001 + i);
      guest.confirm();
      guest.say("x");
    }
    for (const auto& reply : guest.takeAll()) QCOMPARE(reply.payload, std::string());
  }

  void anOldSegmentDoesNotShrinkTheWindow() {
    ScriptedGuest guest;
    connect(guest, 5000);
    guest.send(kAck, guest.own + 4, guest.peer, "later");
    guest.window = 0;
    guest.send(kAck, guest.own, guest.peer, "soon");
    guest.takeAll();
    guest.serve(pattern(1000));
    QCOMPARE(payloadOf(guest.takeAll()), pattern(1000));
  }

  void sequenceNumbersWrapAround_data() {
    QTest::addColumn<unsigned>("lost");
    for (const unsigned lost : {0u, 1u, 10u, 30u}) QTest::addRow("%u %% of the segments are lost", lost) << lost;
  }
  /// 1 MiB from somewhere below 2^32, to a guest that confirms everything in order.
  void sequenceNumbersWrapAround() {
    QFETCH(unsigned, lost);
    ScriptedGuest guest;
    // The clock part of the first number is turned until it is just below the wrap.
    guest.knock();
    guest.accept();
    const auto here = guest.take().sequence;
    guest.send(kRst, 1001, 0);
    guest.control.told.clear();
    guest.now += std::chrono::microseconds(4) * (0xfffff000u - here);
    connect(guest, 60000);
    QVERIFY(guest.peer > 0xffffe000u);
    const auto text = pattern(1024 * 1024);
    std::string arrived;
    guest.pipe->waiting = text;
    guest.serve("", true);
    std::mt19937 random(lost);
    bool fin = false;
    for (int rounds = 0; rounds < 100000 && !fin; ++rounds) {
      const auto replies = guest.takeAll();
      if (replies.empty()) guest.wait(300ms);
      for (const auto& reply : replies) {
        if (random() % 100 < lost) continue;
        if (reply.sequence == guest.peer) {
          arrived += reply.payload;
          fin = reply.is(kFin | kAck);
          guest.peer += static_cast<Sequence>(reply.payload.size()) + (fin ? 1 : 0);
        }
        guest.confirm();
      }
    }
    QVERIFY(fin);
    QVERIFY(arrived == text);
    QVERIFY(guest.peer < 0x10000000u);
  }
};

QTEST_GUILESS_MAIN(TcpSenderTest)
#include "tcpsendertest.moc"
