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

constexpr std::size_t kWindow = RingBuffer::kMost;

std::string pattern(std::size_t size) {
  std::string text(size, '\0');
  for (std::size_t i = 0; i < size; ++i) text[i] = static_cast<char>(i * 17 + i / 253);
  return text;
}

}  // namespace

/// What comes from the guest: in any order, and faster than egress takes it.
class TcpReceiverTest : public QObject {
  Q_OBJECT

 private slots:
  void segmentsAreBroughtIntoTheirOrder() {
    ScriptedGuest guest;
    guest.connect();
    const auto start = guest.own;
    guest.send(kAck, start + 3, guest.peer, "def");
    guest.send(kFin | kAck, start + 6, guest.peer, "ghi");
    // The guest counts duplicates.
    auto replies = guest.takeAll();
    QVERIFY(replies.size() >= 2);
    for (const auto& reply : replies) QCOMPARE(reply.acknowledgement, start);
    QCOMPARE(guest.pipe->arrived, std::string());
    guest.send(kAck, start, guest.peer, "abc");
    QCOMPARE(guest.pipe->arrived, std::string("abcdefghi"));
    QVERIFY(guest.pipe->guestEnded);
    QCOMPARE(guest.takeAll().back().acknowledgement, start + 10);
  }

  void eachOutOfOrderSegmentIsOneDuplicate() {
    ScriptedGuest guest;
    guest.connect();
    for (Sequence i = 1; i <= 5; ++i) {
      TcpSegment segment;
      segment.flags = kAck;
      segment.sequence = guest.own + i * 10;
      segment.acknowledgement = guest.peer;
      segment.payload = bytesOf("0123456789");
      guest.netstack.receiveFrame(guestTcp(kWeb, segment), guest.now);
    }
    guest.netstack.endBatch(guest.now);
    QCOMPARE(guest.takeAll().size(), std::size_t(5));
  }

  void overlapsAreCut() {
    ScriptedGuest guest;
    guest.connect();
    const auto start = guest.own;
    guest.send(kAck, start + 2, guest.peer, "cdef");
    guest.send(kAck, start + 2, guest.peer, "cd");
    guest.send(kAck, start + 4, guest.peer, "efgh");
    guest.send(kAck, start, guest.peer, "abcde");
    QCOMPARE(guest.pipe->arrived, std::string("abcdefgh"));
    // Everything old, partly old.
    guest.now += 1s;
    guest.takeAll();
    guest.send(kAck, start, guest.peer, "abcdefgh");
    QCOMPARE(guest.take().acknowledgement, start + 8);
    guest.send(kAck, start + 6, guest.peer, "ghij");
    QCOMPARE(guest.pipe->arrived, std::string("abcdefghij"));
  }

  void nothingIsTakenBehindTheEnd() {
    ScriptedGuest guest;
    guest.connect();
    const auto start = guest.own;
    guest.send(kFin | kAck, start + 3, guest.peer);
    guest.send(kAck, start, guest.peer, "abcdef");
    QCOMPARE(guest.pipe->arrived, std::string("abc"));
    QVERIFY(guest.pipe->guestEnded);
    guest.send(kAck, start + 4, guest.peer, "more");
    QCOMPARE(guest.pipe->arrived, std::string("abc"));
  }

  void slowEgressMakesTheWindowSmaller() {
    ScriptedGuest guest;
    guest.connect();
    guest.pipe->room = 1000;
    const auto text = pattern(kWindow + 1000);
    for (std::size_t at = 0; at < text.size(); at += 1000) guest.say(std::string_view(text).substr(at, 1000));
    const auto last = guest.takeAll().back();
    QCOMPARE(last.acknowledgement, guest.own);
    QCOMPARE(last.window, 0u);
    QCOMPARE(guest.pipe->arrived.size(), std::size_t(1000));
    // What comes nevertheless is not confirmed.
    guest.send(kAck, guest.own, guest.peer, "too much");
    QCOMPARE(guest.take().acknowledgement, guest.own);
    // Little room is no news, a quarter is.
    guest.makeRoom(kWindow / 4 - 1);
    QVERIFY(guest.isQuiet());
    guest.makeRoom(1);
    const auto update = guest.take();
    QVERIFY(update.is(kAck));
    QCOMPARE(update.window, std::uint32_t(kWindow / 4 >> 8));
    guest.send(kFin | kAck, guest.own, guest.peer);
    QVERIFY(!guest.pipe->guestEnded);
    guest.makeRoom(SIZE_MAX);
    QVERIFY(guest.pipe->guestEnded);
    QVERIFY(guest.pipe->arrived == text);
  }

  void aWindowIsNeverTakenBack() {
    ScriptedGuest guest;
    guest.connect();
    guest.pipe->room = 0;
    Sequence end = guest.own + 0xffff;
    std::mt19937 random(3);
    for (int i = 0; i < 2000; ++i) {
      guest.say(std::string(1 + random() % 200, 'x'));
      if (random() % 4 == 0) guest.makeRoom(random() % 300);
      for (const auto& reply : guest.takeAll()) {
        const auto told = reply.acknowledgement + (reply.window << 8);
        // A unit of the window is 256 bytes.
        QVERIFY(distance(end, told) > -256);
        end = told;
      }
    }
  }

  void memoryIsBoundedOverAllConnections() {
    ScriptedGuest guest;
    std::size_t kept = 0;
    std::vector<std::shared_ptr<Pipe>> pipes;
    for (int i = 0; i < 300; ++i) {
      guest.tuple.guestPort = static_cast<std::uint16_t>(1000 + i);
      guest.own = 1000;
      guest.pipe = std::make_shared<Pipe>();
      guest.pipe->room = 0;
      pipes.push_back(guest.pipe);
      guest.connect();
      const auto block = pattern(8000);
      for (int j = 0; j < 32; ++j) guest.say(block);
      kept += distance(1001, guest.takeAll().back().acknowledgement);
    }
    QVERIFY(kept > TcpFlows::kMemory / 2);
    QVERIFY(kept <= TcpFlows::kMemory + 300 * RingBuffer::kLeast);
    // The last one got next to nothing, and goes on nevertheless.
    QCOMPARE(guest.pipe->arrived, std::string());
    guest.own = 1001 + RingBuffer::kLeast;
    guest.makeRoom(SIZE_MAX);
    QCOMPARE(guest.pipe->arrived.size(), RingBuffer::kLeast);
    guest.say("hello");
    QCOMPARE(guest.pipe->arrived.substr(RingBuffer::kLeast), std::string("hello"));
  }

  void manyHolesCostLittle() {
    ScriptedGuest guest;
    guest.connect();
    for (Sequence i = 1; i < 2000; ++i) guest.send(kAck, guest.own + 2 * i, guest.peer, "x");
    guest.takeAll();
    guest.send(kAck, guest.own, guest.peer, std::string(4001, 'y'));
    QCOMPARE(guest.pipe->arrived.size(), std::size_t(4001));
  }

  void sequenceNumbersWrapAround_data() {
    QTest::addColumn<unsigned>("seed");
    for (const unsigned seed : {1u, 2u, 3u}) QTest::addRow("seed %u", seed) << seed;
  }
  /// 2 MiB from just below 2^32, in segments that come twice, too late and in disorder.
  void sequenceNumbersWrapAround() {
    QFETCH(unsigned, seed);
    std::mt19937 random(seed);
    ScriptedGuest guest;
    guest.own = 0xffff0000;
    guest.connect();
    const auto text = pattern(2 * 1024 * 1024);
    const auto start = guest.own;
    std::size_t confirmed = 0;
    for (int rounds = 0; confirmed < text.size() && rounds < 200000; ++rounds) {
      const auto ahead = random() % 20000;
      const auto from = std::min(text.size() - 1, confirmed + ahead - std::min<std::size_t>(confirmed + ahead, random() % 10000));
      const auto size = std::min<std::size_t>(text.size() - from, 1 + random() % 1460);
      const bool head = random() % 3 == 0;
      const auto at = head ? confirmed : from;
      guest.send(kAck, start + static_cast<Sequence>(at), guest.peer, std::string_view(text).substr(at, size));
      guest.now += 20ms;
      for (const auto& reply : guest.takeAll()) {
        const auto now = static_cast<std::size_t>(reply.acknowledgement - start);
        QVERIFY(now >= confirmed);
        confirmed = now;
      }
    }
    QVERIFY(guest.pipe->arrived == text);
  }
};

QTEST_GUILESS_MAIN(TcpReceiverTest)
#include "tcpreceivertest.moc"
