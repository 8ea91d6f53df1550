// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QTest>
#include <random>

#include "backend/egress/netstack/udp.h"
#include "tests/unit/egress/netstack/scriptedguest.h"

using namespace terrarium;
using namespace terrarium::netstack;
using namespace terrarium::netstack::tests;
using namespace std::chrono_literals;

namespace {

Frame hexFrame(const char* text) {
  const auto bytes = QByteArray::fromHex(text);
  return {bytes.begin(), bytes.end()};
}

const char* const kToGateway =
    "020000000001"
    "02000000000f";

Frame arpQuestion(const char* asked, const char* asker = "0a00020f", const char* mac = "02000000000f") {
  return hexFrame(QByteArray("ffffffffffff") + "02000000000f" + "0806" + "0001080006040001" + mac + asker + "000000000000" + asked);
}

Frame echo(std::uint32_t to, std::string_view payload = "ping") {
  Frame message(8 + payload.size());
  message[0] = 8;
  write16(message, 4, 0xbeef);
  copyBytes(message, 8, bytesOf(payload));
  writeChecksum(message, 2);
  return guestPacket(to, kIcmp, message);
}

Frame dhcp(std::uint8_t type, QByteArray options = {}) {
  Frame message(kUdpHeader + 240);
  write16(message, 0, 68);
  write16(message, 2, 67);
  auto* payload = message.data() + kUdpHeader;
  payload[0] = 1;
  payload[1] = 1;
  payload[2] = 6;
  payload[4] = 0xab;  // transaction
  std::copy(kGuestMac.begin(), kGuestMac.end(), payload + 28);
  write32(message, kUdpHeader + 236, 0x63825363);
  options.prepend(QByteArray::fromHex("3501") + char(type));
  message.insert(message.end(), options.begin(), options.end());
  message.push_back(255);
  write16(message, 4, static_cast<std::uint16_t>(message.size()));
  auto frame = guestPacket(kBroadcastAddress, kUdp, message);
  copyBytes(frame, 0, kBroadcastMac);
  write32(frame, kEthernetHeader + 12, 0);  // it has no address yet
  return frame;
}

/// The options of the DHCP message in a frame to the guest, behind what stands before them.
QByteArray dhcpReply(const Frame& frame) {
  const auto packet = parseIpv4(Bytes(frame).subspan(kEthernetHeader));
  if (!packet || packet->destination != kBroadcastAddress) return "no reply";
  const auto datagram = parseUdp(*packet);
  if (!datagram || datagram->tuple.guestPort != 67 || datagram->tuple.peer.port != 68) return "no datagram";
  return QByteArray(datagram->payload.data(), static_cast<qsizetype>(datagram->payload.size())).toHex();
}

}  // namespace

/// Everything that is not TCP, and what is dropped.
class NetstackTest : public QObject {
  Q_OBJECT

 private slots:
  void everyAddressButTheGuestsIsTheGateway() {
    ScriptedGuest guest;
    guest.frame(arpQuestion("0a000202"));
    QCOMPARE(guest.cable.frames.size(), std::size_t(1));
    QVERIFY(guest.cable.frames[0] == hexFrame("02000000000f"
                                              "020000000001"
                                              "0806"
                                              "0001080006040002"
                                              "020000000001"
                                              "0a000202"
                                              "02000000000f"
                                              "0a00020f"));
    guest.frame(arpQuestion("08080808", "00000000"));
    QCOMPARE(guest.cable.frames.size(), std::size_t(2));
    guest.frame(arpQuestion("0a00020f"));  // its own: free
    guest.frame(arpQuestion("0a00020f", "00000000"));
    guest.frame(arpQuestion("0a000202", "0a000203"));  // not the guest
    guest.frame(arpQuestion("0a000202", "0a00020f", "020000000099"));
    auto answer = arpQuestion("0a000202");
    answer[21] = 2;
    guest.frame(answer);
    auto cut = arpQuestion("0a000202");
    cut.pop_back();
    guest.frame(cut);
    QCOMPARE(guest.cable.frames.size(), std::size_t(2));
  }

  void theGatewayAnswersPings() {
    ScriptedGuest guest;
    guest.frame(echo(kGatewayAddress));
    QCOMPARE(guest.cable.frames.size(), std::size_t(1));
    const auto packet = parseIpv4(Bytes(guest.cable.frames[0]).subspan(kEthernetHeader));
    QCOMPARE(packet->source, kGatewayAddress);
    QCOMPARE(packet->payload[0], std::uint8_t(0));
    QCOMPARE(read16(packet->payload, 4), std::uint16_t(0xbeef));
    QCOMPARE(sumOf(packet->payload) % 0xffff, 0u);
    QVERIFY(guest.control.told.empty());
  }

  void otherProtocolsAreNoted() {
    ScriptedGuest guest;
    guest.frame(echo(kServer));
    guest.frame(guestPacket(kServer, 47, bytesOf("gre")));
    QCOMPARE(std::get<egress::Note>(guest.control.take()).code, std::string_view("icmp"));
    QCOMPARE(std::get<egress::Note>(guest.control.take()).code, std::string_view("protocol-47"));
    for (int i = 0; i < 100; ++i) guest.frame(echo(kServer));
    QCOMPARE(guest.control.told.size(), std::size_t(3));
    guest.wait(1s);
    for (int i = 0; i < 100; ++i) guest.frame(echo(kServer));
    QCOMPARE(guest.control.told.size(), std::size_t(8));
    QVERIFY(guest.isQuiet());
  }

  void foreignImagesGetTheirAddress() {
    ScriptedGuest guest;
    guest.frame(dhcp(1));
    auto reply = dhcpReply(guest.cable.frames.at(0));
    QVERIFY2(reply.startsWith("02010600ab000000"), reply.constData());
    QCOMPARE(reply.mid(32, 8), QByteArray("0a00020f"));
    QCOMPARE(reply.mid(480), QByteArray("350102"
                                        "36040a000202"
                                        "3304ffffffff"
                                        "0104ffffff00"
                                        "03040a000202"
                                        "06040a000202"
                                        "1a022328"
                                        "ff")
                                 .leftJustified(120, '0'));
    guest.frame(dhcp(3, QByteArray::fromHex("32040a00020f"
                                            "36040a000202")));
    QCOMPARE(dhcpReply(guest.cable.frames.at(1)).mid(480, 6), QByteArray("350105"));
    guest.frame(dhcp(3, QByteArray::fromHex("3204c0a80005")));
    reply = dhcpReply(guest.cable.frames.at(2));
    QCOMPARE(reply.mid(480, 6), QByteArray("350106"));
    QCOMPARE(reply.mid(32, 8), QByteArray("00000000"));
    guest.frame(dhcp(8));
    reply = dhcpReply(guest.cable.frames.at(3));
    QCOMPARE(reply.mid(32, 8), QByteArray("00000000"));
    QVERIFY(!reply.contains("3304ffffffff"));
    guest.frame(dhcp(3, QByteArray::fromHex("36040a000299"
                                            "32040a00020f")));  // of another server
    guest.frame(dhcp(7));                                       // released: nothing to do
    guest.frame(dhcp(1, QByteArray::fromHex("3709")));          // an option that runs over the end
    QCOMPARE(guest.cable.frames.size(), std::size_t(5));
    QVERIFY(guest.control.told.empty());
  }

  void datagramsPassAsMessages() {
    ScriptedGuest guest;
    const FlowTuple dns{5353, {kGatewayAddress, 53}};
    guest.frame(guestUdp(dns, "question"));
    const auto sent = guest.control.take();
    QCOMPARE(std::get<egress::Datagram>(sent).tuple, dns);
    QCOMPARE(std::get<egress::Datagram>(sent).payload, std::string_view("question"));
    guest.message(egress::Datagram{dns, "answer"});
    const auto packet = parseIpv4(Bytes(guest.cable.frames.at(0)).subspan(kEthernetHeader));
    QCOMPARE(packet->source, kGatewayAddress);
    QCOMPARE(packet->destination, kGuestAddress);
    QCOMPARE(read16(packet->payload, 0), std::uint16_t(53));
    QCOMPARE(read16(packet->payload, 2), std::uint16_t(5353));
    QCOMPARE((pseudoHeaderSum(packet->source, packet->destination, kUdp, packet->payload.size()) + sumOf(packet->payload)) % 0xffff,
             0u);
    // The card takes no longer ones, and none is cut.
    guest.message(egress::Datagram{dns, std::string(kMtu - 28, 'x')});
    guest.message(egress::Datagram{dns, std::string(kMtu - 27, 'x')});
    QCOMPARE(guest.cable.frames.size(), std::size_t(2));
  }

  void refusedDatagramsAreReported() {
    ScriptedGuest guest;
    const FlowTuple quic{5353, {kServer, 443}};
    const auto check = [&] {
      QCOMPARE(guest.cable.frames.size(), std::size_t(1));
      const auto packet = parseIpv4(Bytes(guest.cable.frames[0]).subspan(kEthernetHeader));
      QCOMPARE(packet->protocol, kIcmp);
      QCOMPARE(packet->source, kServer);
      QCOMPARE(packet->payload[0], std::uint8_t(3));
      QCOMPARE(packet->payload[1], std::uint8_t(3));
      const auto quoted = parseIpv4(packet->payload.subspan(8));
      QCOMPARE(quoted->protocol, kUdp);
      QCOMPARE(quoted->destination, kServer);
      QCOMPARE(parseUdp(*quoted)->tuple, quic);
      guest.cable.frames.clear();
    };
    guest.message(egress::DatagramRefused{quic});
    check();
    // Without egress nothing is forwarded, and programs need not wait.
    guest.control.state = Control::Offered::Gone;
    guest.frame(guestUdp(quic, "x"));
    check();
  }

  void wrongFramesAreDroppedAndCounted_data() {
    QTest::addColumn<Frame>("frame");
    QTest::addColumn<Drop>("reason");
    const auto row = [](const char* name, Frame frame, Drop reason) { QTest::newRow(name) << std::move(frame) << reason; };
    const auto good = guestUdp(kWeb, "x");
    const auto with = [&](std::size_t at, std::uint8_t value) {
      auto frame = good;
      frame.at(at) = value;
      return frame;
    };
    row("nothing", {}, Drop::TooShort);
    row("half an Ethernet header", Frame(13), Drop::TooShort);
    row("a foreign MAC", with(11, 0x10), Drop::WrongSource);
    row("to a foreign MAC", with(5, 0x02), Drop::WrongTarget);
    row("VLAN", hexFrame(QByteArray(kToGateway) + "81000001" + "0800"), Drop::Vlan);
    row("IPv6", hexFrame(QByteArray("333300000001") + "02000000000f" + "86dd" + "60000000"), Drop::Ipv6);
    row("another type", hexFrame(QByteArray(kToGateway) + "88cc"), Drop::OtherType);
    row("Ethernet multicast", with(0, 0x03), Drop::Multicast);
    row("half an IP header", hexFrame(QByteArray(kToGateway) + "0800" + "4500"), Drop::TooShort);
    row("IP version 6", with(14, 0x65), Drop::WrongLength);
    row("a header of 16 bytes", with(14, 0x44), Drop::WrongLength);
    row("IP options", with(14, 0x46), Drop::IpOptions);
    row("longer than the frame", with(17, 30), Drop::WrongLength);
    row("shorter than its header", with(17, 19), Drop::WrongLength);
    row("more fragments", with(20, 0x20), Drop::Fragment);
    row("a later fragment", with(21, 0x01), Drop::Fragment);
    row("a foreign source", with(29, 0x10), Drop::WrongSource);
    row(
        "from nobody",
        [&] {
          auto frame = good;
          write32(frame, 26, 0);
          return frame;
        }(),
        Drop::WrongSource);
    row("to a group", with(30, 224), Drop::Multicast);
    row("to 10.0.2.255", guestUdp({1, {0x0a0002ff, 1}}, "x"), Drop::Multicast);
    row("to everybody", guestUdp({1, {kBroadcastAddress, 1}}, "x"), Drop::Multicast);
    row("to itself", guestUdp({1, {kGuestAddress, 1}}, "x"), Drop::WrongTarget);
    row("to 0.0.0.1", guestUdp({1, {1, 1}}, "x"), Drop::WrongTarget);
    row("UDP from port 0", guestUdp({0, {kServer, 1}}, "x"), Drop::BadDatagram);
    row("UDP to port 0", guestUdp({1, {kServer, 0}}, "x"), Drop::BadDatagram);
    row("UDP longer than its packet", with(39, 10), Drop::BadDatagram);
    row("UDP shorter than its header", with(39, 7), Drop::BadDatagram);
    row("half a UDP header", guestPacket(kServer, kUdp, bytesOf("1234567")), Drop::BadDatagram);
    row("half a TCP header", guestPacket(kServer, kTcp, Frame(19)), Drop::BadSegment);
    TcpSegment segment;
    segment.flags = kSyn;
    segment.mss = 1460;
    const auto tcp = guestTcp(kWeb, segment);
    const auto withTcp = [&](std::size_t at, std::uint8_t value) {
      auto frame = tcp;
      frame.at(at) = value;
      return frame;
    };
    row("a TCP header of 16 bytes", withTcp(46, 0x40), Drop::BadSegment);
    row("a TCP header longer than its packet", withTcp(46, 0x70), Drop::BadSegment);
    row("an option of length 0", withTcp(55, 0), Drop::BadSegment);
    row("an option of length 1", withTcp(55, 1), Drop::BadSegment);
    row("an option longer than the header", withTcp(55, 5), Drop::BadSegment);
    row(
        "an option that is only a kind",
        [&] {
          auto frame = tcp;
          frame[54] = frame[55] = frame[56] = 1;
          frame[57] = 2;
          return frame;
        }(),
        Drop::BadSegment);
    row("no flags", withTcp(47, 0), Drop::BadSegment);
    row("SYN and FIN", withTcp(47, kSyn | kFin), Drop::BadSegment);
    row("SYN and RST", withTcp(47, kSyn | kRst), Drop::BadSegment);
    row("FIN and RST", withTcp(47, kFin | kRst | kAck), Drop::BadSegment);
    row("TCP from port 0", guestTcp({0, {kServer, 1}}, segment), Drop::BadSegment);
  }
  void wrongFramesAreDroppedAndCounted() {
    QFETCH(Frame, frame);
    QFETCH(Drop, reason);
    ScriptedGuest guest;
    guest.frame(frame);
    QCOMPARE(guest.netstack.drops().of(reason), std::uint64_t(1));
    QVERIFY(guest.isQuiet());
    QVERIFY(guest.control.told.empty());
  }

  void aCutFrameIsNeverReadBeyondItsEnd() {
    TcpSegment segment;
    segment.flags = kSyn;
    segment.mss = 1460;
    segment.windowScale = 3;
    for (const auto& whole :
         {guestTcp(kWeb, segment), guestUdp(kWeb, "payload"), echo(kGatewayAddress), arpQuestion("0a000202"), dhcp(1)}) {
      for (std::size_t length = 0; length < whole.size(); ++length) {
        ScriptedGuest guest;
        guest.frame(Frame(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(length)));
        QVERIFY(guest.isQuiet());
        QVERIFY(guest.control.told.empty());
      }
    }
  }

  void paddingIsNoPayload() {
    ScriptedGuest guest;
    auto frame = guestUdp(kWeb, "x");
    frame.resize(60, 0xee);
    guest.frame(frame);
    QCOMPARE(std::get<egress::Datagram>(guest.control.take()).payload, std::string_view("x"));
  }

  void deadConnectionsArePokedWhenTheGuestSpeaks() {
    ScriptedGuest guest;
    const FlowTuple dead{50000, {kServer, 8080}};
    guest.message(egress::Poke{{dead, kWeb}});
    QVERIFY(guest.isQuiet());
    guest.knock();  // the second is alive again before it is poked: the first frame is what pokes
    auto replies = guest.takeAll();
    QCOMPARE(replies.size(), std::size_t(2));
    QVERIFY(replies[0].is(kAck));
    // The guest answers with its own numbers, which nobody knows here.
    guest.tuple = dead;
    guest.send(kAck, 4711, 4712);
    const auto reset = guest.take();
    QVERIFY(reset.is(kRst));
    QCOMPARE(reset.sequence, Sequence(4712));
    guest.send(kAck, 4711, 4712);
    QCOMPARE(guest.takeAll().size(), std::size_t(1));
  }

  void aSilentGuestIsPokedAfterAMoment() {
    ScriptedGuest guest;
    guest.connect();
    guest.message(egress::Poke{{kWeb, {50000, {kServer, 8080}}}});
    QVERIFY(guest.netstack.deadline() <= guest.now + 1s);
    guest.wait(1s);
    // Not the one that lives.
    QCOMPARE(guest.takeAll().size(), std::size_t(1));
    guest.wait(1s);
    QVERIFY(guest.isQuiet());
  }

  void openConnectionsAreToldForASnapshot() {
    ScriptedGuest guest;
    guest.connect();
    const FlowTuple dead{50000, {kServer, 8080}};
    guest.message(egress::Poke{{dead}});
    guest.message(egress::TuplesWanted{});
    QVERIFY((std::get<egress::Tuples>(guest.control.take()).list == std::vector<FlowTuple>{kWeb, dead}));
  }

  void thereAreAtMostSoManyFlows() {
    ScriptedGuest guest;
    for (std::size_t i = 0; i < TcpFlows::kMostFlows; ++i) {
      guest.tuple.guestPort = static_cast<std::uint16_t>(1000 + i);
      guest.own = 1000;
      guest.pipe = std::make_shared<Pipe>();
      guest.connect();
    }
    guest.takeAll();
    guest.tuple.guestPort = 999;
    guest.send(guest.syn());
    QVERIFY(guest.take().is(kRst | kAck));
    guest.message(egress::Reset{5});
    guest.takeAll();
    guest.control.told.clear();
    QVERIFY(guest.knock() != 0);
  }

  void answersWaitForTheCableUpToABound() {
    ScriptedGuest guest;
    guest.cable.room = 0;
    for (std::size_t i = 0; i < 2 * Outgoing::kMostWaiting; ++i) guest.frame(arpQuestion("0a000202"));
    guest.cable.room = SIZE_MAX;
    guest.netstack.cableWritable();
    QCOMPARE(guest.cable.frames.size(), Outgoing::kMostWaiting);
  }
};

QTEST_GUILESS_MAIN(NetstackTest)
#include "netstacktest.moc"
