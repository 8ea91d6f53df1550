// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTest>

#include "tests/unit/app/netstack/runningnetstack.h"

using namespace terrarium;
using namespace terrarium::netstack;
using namespace terrarium::netstack::tests;

namespace {

TcpSegment segment(int flags, Sequence sequence, Sequence acknowledgement, std::string_view payload = {}) {
  TcpSegment result;
  result.flags = static_cast<std::uint8_t>(flags);
  result.sequence = sequence;
  result.acknowledgement = acknowledgement;
  result.window = 0xffff;
  result.payload = bytesOf(payload);
  return result;
}

Frame arpQuestion() {
  const auto bytes = QByteArray::fromHex(
      "ffffffffffff02000000000f08060001080006040001"
      "02000000000f0a00020f0000000000000a000202");
  return {bytes.begin(), bytes.end()};
}

/// A flow whose handshake is done.
struct OpenFlow {
  explicit OpenFlow(RunningNetstack& netstack) {
    netstack.sendFrame(guestTcp(kWeb, segment(kSyn, 1000, 0)));
    const auto asked = netstack.nextMessage();
    id = std::get<egress::Open>(asked.value()).id;
    if (!netstack.tell(egress::Accept{id}, stream.theirs.number())) return;
    stream.theirs.reset();
    peer = netstack.nextReply().sequence + 1;
    netstack.sendFrame(guestTcp(kWeb, segment(kAck, 1001, peer)));
  }
  egress::FlowId id = 0;
  Sequence peer = 0;
  SocketPair stream{SOCK_STREAM};
};

QByteArray statusLine(pid_t pid, const QByteArray& name) {
  QFile file(QStringLiteral("/proc/%1/status").arg(pid));
  if (!file.open(QIODevice::ReadOnly)) return {};
  for (const auto& line : file.readAll().split('\n')) {
    if (line.startsWith(name + ":")) return line.mid(name.size() + 1).trimmed();
  }
  return {};
}

QByteArray readAll(int descriptor, std::size_t size) {
  QByteArray text(static_cast<qsizetype>(size), '\0');
  if (!waitReadable(descriptor)) return {};
  const auto got = ::recv(descriptor, text.data(), size, MSG_WAITALL);
  return text.first(std::max<qsizetype>(got, 0));
}

}  // namespace

/// The real program between a scripted machine and a scripted egress.
class NetstackProgramTest : public QObject {
  Q_OBJECT

 private slots:
  void aFlowPassesFromItsFirstFrameToItsLast() {
    RunningNetstack netstack;
    OpenFlow flow(netstack);
    netstack.sendFrame(guestTcp(kWeb, segment(kAck, 1001, flow.peer, "request")));
    QCOMPARE(readAll(flow.stream.ours.number(), 7), QByteArray("request"));
    QVERIFY(netstack.nextReply().is(kAck));
    QCOMPARE(::send(flow.stream.ours.number(), "answer", 6, 0), ssize_t(6));
    QCOMPARE(netstack.nextReply().payload, std::string("answer"));
    ::shutdown(flow.stream.ours.number(), SHUT_WR);
    QVERIFY(netstack.nextReply().is(kFin | kAck));
    netstack.sendFrame(guestTcp(kWeb, segment(kFin | kAck, 1008, flow.peer + 7)));
    QCOMPARE(netstack.nextReply().acknowledgement, Sequence(1009));
    char nothing = 0;
    QVERIFY(waitReadable(flow.stream.ours.number()));
    QCOMPARE(::recv(flow.stream.ours.number(), &nothing, 1, 0), ssize_t(0));
    QVERIFY((netstack.nextMessage() == egress::FromNetstack(egress::Closed{flow.id, 7, 6})));
  }

  void aSlowEgressStopsTheGuestAndLosesNothing() {
    RunningNetstack netstack;
    OpenFlow flow(netstack);
    std::string text;
    Sequence next = 1001;
    std::uint32_t window = 0xffff;
    while (window > 0) {
      const std::string block(std::min<std::size_t>(window, 1400), static_cast<char>('a' + text.size() % 23));
      netstack.sendFrame(guestTcp(kWeb, segment(kAck, next, flow.peer, block)));
      const auto reply = netstack.nextReply();
      QVERIFY(reply.is(kAck));
      next += static_cast<Sequence>(block.size());
      QCOMPARE(reply.acknowledgement, next);
      text += block;
      window = reply.window;
    }
    QCOMPARE(readAll(flow.stream.ours.number(), text.size()), QByteArray::fromStdString(text));
    const auto update = netstack.nextReply();
    QVERIFY(update.is(kAck));
    QVERIFY(update.window > 0);
  }

  void resetsPassBothWays() {
    RunningNetstack netstack;
    {
      OpenFlow flow(netstack);
      netstack.sendFrame(guestTcp(kWeb, segment(kRst, 1001, 0)));
      QVERIFY((netstack.nextMessage() == egress::FromNetstack(egress::Reset{flow.id})));
      QVERIFY((netstack.nextMessage() == egress::FromNetstack(egress::Closed{flow.id, 0, 0})));
    }
    OpenFlow flow(netstack);
    QVERIFY(netstack.tell(egress::Reset{flow.id}));
    QVERIFY(netstack.nextReply().is(kRst | kAck));
    QVERIFY((netstack.nextMessage() == egress::FromNetstack(egress::Closed{flow.id, 0, 0})));
  }

  void withoutEgressItResetsAndEnds() {
    RunningNetstack netstack;
    OpenFlow flow(netstack);
    netstack.control.reset();
    QVERIFY(netstack.nextReply().is(kRst | kAck));
    QCOMPARE(netstack.exitCode(), 0);
  }

  void wordsThatAreNoneEndTheChannel() {
    RunningNetstack netstack;
    QCOMPARE(netstack.control->send("nonsense"), egress::FlowSocket::Sent::Yes);
    QCOMPARE(netstack.exitCode(), 0);
  }

  void anotherEgressCanTakeOver() {
    RunningNetstack netstack(true);
    OpenFlow flow(netstack);
    netstack.control.reset();
    QVERIFY(netstack.nextReply().is(kRst | kAck));
    netstack.sendFrame(arpQuestion());
    QCOMPARE(netstack.nextFrame().size(), std::size_t(42));
    netstack.sendFrame(guestTcp(kWeb, segment(kSyn, 1000, 0)));
    QVERIFY(netstack.nextReply().is(kRst | kAck));

    SocketPair channel(SOCK_SEQPACKET);
    QCOMPARE(netstack.renewal->send("egress", channel.theirs.number()), egress::FlowSocket::Sent::Yes);
    channel.theirs.reset();
    netstack.control.emplace(std::move(channel.ours));
    // The machine's frames may overtake the new channel.
    QVERIFY(netstack.tell(egress::TuplesWanted{}));
    QVERIFY((netstack.nextMessage() == egress::FromNetstack(egress::Tuples{})));
    const OpenFlow again(netstack);
    QVERIFY(again.id > flow.id);

    netstack.renewal.reset();
    netstack.control.reset();
    QVERIFY(netstack.nextReply().is(kRst | kAck));
    QCOMPARE(netstack.exitCode(), 0);
  }

  void itSitsInAJail() {
    const Descriptor stray(::fcntl(STDIN_FILENO, F_DUPFD, 200));
    QVERIFY(stray.isOpen());
    RunningNetstack netstack;
    // It answers, so it is inside.
    netstack.sendFrame(arpQuestion());
    QCOMPARE(netstack.nextFrame().size(), std::size_t(42));
    QCOMPARE(statusLine(netstack.pid(), "Seccomp"), QByteArray("2"));
    QCOMPARE(statusLine(netstack.pid(), "NoNewPrivs"), QByteArray("1"));
    const QDir open(QStringLiteral("/proc/%1/fd").arg(netstack.pid()));
    // Standard ones, cable, channel, epoll.
    QCOMPARE(open.entryList(QDir::AllEntries | QDir::System | QDir::NoDotAndDotDot).size(), 6);
  }

  void wrongArgumentsAreRefused_data() {
    QTest::addColumn<QStringList>("arguments");
    QTest::newRow("none") << QStringList{};
    QTest::newRow("one") << QStringList{QStringLiteral("0")};
    QTest::newRow("no sockets") << QStringList{QStringLiteral("0"), QStringLiteral("1")};
    QTest::newRow("no numbers") << QStringList{QStringLiteral("0x"), QStringLiteral("")};
    QTest::newRow("too many") << QStringList{QStringLiteral("0"), QStringLiteral("1"), QStringLiteral("2"), QStringLiteral("3")};
  }
  void wrongArgumentsAreRefused() {
    QFETCH(QStringList, arguments);
    QProcess process;
    process.start(QStringLiteral(TERRARIUM_BINARY_DIR "/bin/terrarium-netstack"), arguments);
    QVERIFY(process.waitForFinished());
    QCOMPARE(process.exitCode(), 2);
    QVERIFY(process.readAllStandardError().startsWith("usage: terrarium-netstack"));
  }
};

QTEST_GUILESS_MAIN(NetstackProgramTest)
#include "netstackprogramtest.moc"
