// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QTest>

#include "tests/unit/egress/netstack/scriptedguest.h"

using namespace terrarium;
using namespace terrarium::netstack;
using namespace terrarium::netstack::tests;
using namespace std::chrono_literals;

/// An open connection: data both ways, the ends, and what is not believed.
class TcpConnectionTest : public QObject {
  Q_OBJECT

 private slots:
  void bytesPassBothWays() {
    ScriptedGuest guest;
    guest.connect();
    QVERIFY(guest.isQuiet());
    guest.say("hello");
    QCOMPARE(guest.pipe->arrived, std::string("hello"));
    auto reply = guest.take();
    QVERIFY(reply.is(kAck));
    QCOMPARE(reply.acknowledgement, guest.own);
    QCOMPARE(reply.window, std::uint32_t(RingBuffer::kMost >> 8));
    guest.serve("world");
    reply = guest.take();
    QCOMPARE(reply.payload, std::string("world"));
    QCOMPARE(reply.sequence, guest.peer);
    QVERIFY((reply.flags & TcpSegment::Push) != 0);
    guest.peer += 5;
    guest.confirm();
    guest.wait(10s);
    QVERIFY(guest.isQuiet());
  }

  void aBatchOfSegmentsIsConfirmedOnce() {
    ScriptedGuest guest;
    guest.connect();
    for (const auto* text : {"one", "two", "three"}) {
      TcpSegment segment;
      segment.flags = kAck;
      segment.sequence = guest.own;
      segment.acknowledgement = guest.peer;
      segment.window = 0xffff;
      segment.payload = bytesOf(text);
      guest.netstack.receiveFrame(guestTcp(kWeb, segment), guest.now);
      guest.own += static_cast<Sequence>(segment.payload.size());
    }
    guest.netstack.endBatch(guest.now);
    const auto replies = guest.takeAll();
    QCOMPARE(replies.size(), std::size_t(1));
    QCOMPARE(replies[0].acknowledgement, guest.own);
  }

  void theGuestEndsFirst() {
    ScriptedGuest guest;
    guest.connect();
    guest.send(kFin | kAck, guest.own, guest.peer, "bye");
    QCOMPARE(guest.pipe->arrived, std::string("bye"));
    QVERIFY(guest.pipe->guestEnded);
    QCOMPARE(guest.take().acknowledgement, guest.own + 4);
    guest.own += 4;
    // Half closed: the other way goes on.
    guest.serve("more");
    QCOMPARE(guest.take().payload, std::string("more"));
    guest.serve("", true);
    const auto fin = guest.take();
    QVERIFY(fin.is(kFin | kAck));
    guest.peer += 5;
    guest.confirm();
    QVERIFY((std::get<egress::Closed>(guest.control.take()) == egress::Closed{guest.id, 3, 4}));
    QVERIFY(guest.pipe->closed);
    // It is over at once.
    guest.confirm();
    QVERIFY(guest.take().is(kRst));
  }

  void egressEndsFirst() {
    ScriptedGuest guest;
    guest.connect();
    guest.serve("all", true);
    const auto reply = guest.take();
    QVERIFY(reply.is(kFin | kAck));
    QCOMPARE(reply.payload, std::string("all"));
    guest.peer += 4;
    guest.confirm();
    QVERIFY(guest.control.told.empty());
    guest.say("half closed");
    QVERIFY(guest.take().is(kAck));
    guest.send(kFin | kAck, guest.own, guest.peer);
    QCOMPARE(guest.take().acknowledgement, guest.own + 1);
    QVERIFY((std::get<egress::Closed>(guest.control.take()) == egress::Closed{guest.id, 11, 3}));
    // The last confirmation may have been lost.
    guest.wait(500ms);
    guest.send(kFin | kAck, guest.own, guest.peer);
    QCOMPARE(guest.take().acknowledgement, guest.own + 1);
    guest.wait(1s);
    guest.send(kFin | kAck, guest.own, guest.peer);
    QVERIFY(guest.take().is(kRst));
    QVERIFY(guest.control.told.empty());
  }

  void bothEndAtOnce() {
    ScriptedGuest guest;
    guest.connect();
    guest.serve("", true);
    QVERIFY(guest.take().is(kFin | kAck));
    // The guest's FIN does not know of ours.
    guest.send(kFin | kAck, guest.own, guest.peer);
    QCOMPARE(guest.take().acknowledgement, guest.own + 1);
    QVERIFY(guest.control.told.empty());
    guest.send(kAck, guest.own + 1, guest.peer + 1);
    QVERIFY((std::get<egress::Closed>(guest.control.take()) == egress::Closed{guest.id, 0, 0}));
  }

  void aPortInTimeWaitCanBeUsedAtOnce() {
    ScriptedGuest guest;
    guest.connect();
    guest.serve("", true);
    guest.peer += 1;
    guest.send(kFin | kAck, guest.own, guest.peer);
    guest.takeAll();
    guest.control.told.clear();
    guest.own = 5'000'000;
    guest.pipe = std::make_shared<Pipe>();
    guest.connect();
    guest.say("again");
    QCOMPARE(guest.pipe->arrived, std::string("again"));
  }

  void aResetOfTheGuestIsCarriedOn() {
    ScriptedGuest guest;
    guest.connect();
    guest.say("some");
    guest.takeAll();
    guest.send(kRst, guest.own, 0);
    QVERIFY(std::get<egress::Reset>(guest.control.take()).id == guest.id);
    QVERIFY((std::get<egress::Closed>(guest.control.take()) == egress::Closed{guest.id, 4, 0}));
    QVERIFY(guest.pipe->closed);
    QVERIFY(guest.isQuiet());
  }

  void aResetOfEgressIsCarriedOnBehindWhatCameBefore() {
    ScriptedGuest guest;
    guest.connect();
    guest.pipe->waiting = "413";
    guest.message(egress::Reset{guest.id});
    const auto replies = guest.takeAll();
    QCOMPARE(replies.size(), std::size_t(2));
    QCOMPARE(replies[0].payload, std::string("413"));
    QVERIFY(replies[1].is(kRst | kAck));
    QCOMPARE(replies[1].sequence, guest.peer + 3);
    QVERIFY((std::get<egress::Closed>(guest.control.take()) == egress::Closed{guest.id, 0, 0}));
  }

  void aBrokenStreamIsAReset() {
    ScriptedGuest guest;
    guest.connect();
    guest.pipe->broken = true;
    guest.say("into the void");
    QVERIFY(guest.take().is(kRst | kAck));
    QVERIFY(std::get<egress::Reset>(guest.control.take()).id == guest.id);
    QVERIFY(std::get<egress::Closed>(guest.control.take()).id == guest.id);
  }

  /// RFC 5961: a number that is only near is questioned, not obeyed.
  void resetsAndSynsAreNotSimplyBelieved_data() {
    QTest::addColumn<int>("flags");
    QTest::addColumn<int>("offset");
    QTest::addColumn<bool>("answered");
    const auto row = [](const char* name, int flags, int offset, bool answered) {
      QTest::newRow(name) << flags << offset << answered;
    };
    row("RST in the window", kRst, 1, true);
    row("RST at its end", kRst, 256 * 1024 - 1, true);
    row("RST behind it", kRst, 256 * 1024, false);
    row("RST before it", kRst, -1, false);
    row("SYN exactly", kSyn, 0, true);
    row("SYN anywhere", kSyn, 1'000'000, true);
    row("SYN and ACK", kSyn | kAck, 0, true);
    row("data behind the window", kAck, 256 * 1024, true);
    row("data before it", kAck, -2'000, true);
  }
  void resetsAndSynsAreNotSimplyBelieved() {
    QFETCH(int, flags);
    QFETCH(int, offset);
    QFETCH(bool, answered);
    ScriptedGuest guest;
    guest.connect();
    guest.send(flags, guest.own + static_cast<Sequence>(offset), guest.peer, (flags & (kSyn | kRst)) != 0 ? "" : "x");
    const auto reply = guest.take();
    QCOMPARE(reply.is(kAck), answered);
    if (answered) QCOMPARE(reply.acknowledgement, guest.own);
    QVERIFY(guest.isQuiet());
    guest.say("alive");
    QCOMPARE(guest.pipe->arrived, std::string("alive"));
  }

  void confirmationsOfWhatWasNeverSentAreQuestioned() {
    ScriptedGuest guest;
    guest.connect();
    guest.serve("12345");
    guest.takeAll();
    guest.send(kAck, guest.own, guest.peer + 6, "evil");
    QVERIFY(guest.take().is(kAck));
    QCOMPARE(guest.pipe->arrived, std::string());
    guest.now += 1s;
    guest.send(kAck, guest.own, guest.peer - 0x7fffff00, "evil");
    QCOMPARE(guest.pipe->arrived, std::string());
    // The oldest that the guest may have meant (it offered 65535 * 2^7).
    guest.send(kAck, guest.own, guest.peer - (65535 << 7), "fine");
    QCOMPARE(guest.pipe->arrived, std::string("fine"));
  }

  void questionsAreNotAskedInAStorm() {
    ScriptedGuest guest;
    guest.connect();
    for (int i = 0; i < 1000; ++i) guest.send(kSyn, guest.own, 0);
    QCOMPARE(guest.takeAll().size(), std::size_t(1));
    guest.now += 20ms;
    guest.send(kSyn, guest.own, 0);
    QCOMPARE(guest.takeAll().size(), std::size_t(1));
  }

  void whatBelongsToNoConnectionIsReset() {
    ScriptedGuest guest;
    guest.send(kAck, 5, 77, "x");
    auto reset = guest.take();
    QVERIFY(reset.is(kRst));
    QCOMPARE(reset.sequence, Sequence(77));
    guest.send(kFin, 5, 0);
    reset = guest.take();
    QVERIFY(reset.is(kRst | kAck));
    QCOMPARE(reset.acknowledgement, Sequence(6));
    guest.send(kSyn | kAck, 5, 78);
    QCOMPARE(guest.take().sequence, Sequence(78));
    guest.send(kRst, 5, 0);
    guest.send(kRst | kAck, 5, 79);
    QVERIFY(guest.isQuiet());
  }

  void aKeepAliveIsAnswered() {
    ScriptedGuest guest;
    guest.connect();
    guest.send(kAck, guest.own - 1, guest.peer);
    QVERIFY(guest.take().is(kAck));
  }

  void halfClosedAndIdleConnectionsEnd() {
    ScriptedGuest guest;
    guest.connect();
    guest.wait(2h - 1s);
    QVERIFY(guest.isQuiet());
    guest.wait(2s);
    QVERIFY(guest.take().is(kRst | kAck));
    guest.control.told.clear();
    ScriptedGuest half;
    half.connect();
    half.send(kFin | kAck, half.own, half.peer);
    half.takeAll();
    half.wait(5min + 1s);
    QVERIFY(half.take().is(kRst | kAck));
    QVERIFY(std::get<egress::Reset>(half.control.take()).id == half.id);
  }

  void nothingIsLostWhileTheCableIsFull() {
    ScriptedGuest guest;
    guest.connect();
    guest.cable.room = 0;
    guest.say("taken");
    guest.serve("served", true);
    QVERIFY(guest.netstack.waitsForCable());
    QVERIFY(guest.isQuiet());
    guest.wait(10min);
    guest.cable.room = 1;
    guest.netstack.cableWritable();
    guest.netstack.endBatch(guest.now);
    const auto reply = guest.take();
    QVERIFY(reply.is(kFin | kAck));
    QCOMPARE(reply.payload, std::string("served"));
    QCOMPARE(reply.acknowledgement, guest.own);
  }

  void theEndOfEgressResetsEverything() {
    ScriptedGuest guest;
    guest.connect();
    guest.tuple.guestPort = 40001;
    guest.own = 1000;
    guest.knock();
    guest.netstack.egressIsGone();
    const auto replies = guest.takeAll();
    QCOMPARE(replies.size(), std::size_t(2));
    QVERIFY(replies[0].is(kRst | kAck) && replies[1].is(kRst | kAck));
    QVERIFY(guest.pipe->closed);
    QVERIFY(guest.control.told.empty());
  }
};

QTEST_GUILESS_MAIN(TcpConnectionTest)
#include "tcpconnectiontest.moc"
