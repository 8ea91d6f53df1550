// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QTest>
#include <random>

#include "backend/egress/channel/flowchannel.h"

using namespace terrarium::egress;

namespace {

const FlowTuple kTuple{0x1234, {0x5db8000a, 443}};

QByteArray hex(const FlowMessage& message) { return QByteArray::fromStdString(encoded(message)).toHex(); }

std::vector<FromNetstack> everythingFromNetstack() {
  return {Open{7, kTuple},           Reset{7},      Closed{7, 1, 0xffffffffffffffffu},
          Datagram{kTuple, "a\0b"},  Note{"arp-0"}, Tuples{{kTuple, kTuple}},
          Datagram{kTuple, {"", 0}}, Tuples{}};
}

std::vector<FromEgress> everythingFromEgress() {
  return {Accept{7},
          Refuse{7, Refusal::Reset},
          Refuse{7, Refusal::Unreachable},
          Reset{7},
          Datagram{kTuple, "answer"},
          DatagramRefused{kTuple},
          Poke{{kTuple}},
          TuplesWanted{}};
}

template <class Message>
std::string bytesOf(const Message& message) {
  return std::visit([](const auto& each) { return encoded(each); }, message);
}

/// Cut short anywhere or with a byte too many it is no message; a payload or a code may well be shorter or longer.
template <class Messages, class Parse>
void checkEachLength(const Messages& messages, Parse parse) {
  for (const auto& message : messages) {
    const auto bytes = bytesOf(message);
    QVERIFY(parse(bytes) == message);
    const bool free = parse(bytes + "x").has_value();
    QCOMPARE(free, bytes[1] == 4 || bytes[1] == 5);
    for (std::size_t length = 0; length < bytes.size(); ++length) {
      const bool parsed = parse(std::string_view(bytes).substr(0, length)).has_value();
      if (!free) QVERIFY2(!parsed, QByteArray::number(length).constData());
    }
  }
}

}  // namespace

class FlowChannelTest : public QObject {
  Q_OBJECT

 private slots:
  void theBytesOfAMessageAreFixed() {
    QCOMPARE(hex(Open{0x0102030405060708, kTuple}), QByteArray("01010000"
                                                               "0807060504030201"
                                                               "3412"
                                                               "0a00b85d"
                                                               "bb01"));
    QCOMPARE(hex(Reset{1}), QByteArray("01020000"
                                       "0100000000000000"));
    QCOMPARE(hex(Closed{1, 2, 3}), QByteArray("01030000"
                                              "0100000000000000"
                                              "0200000000000000"
                                              "0300000000000000"));
    QCOMPARE(hex(Datagram{kTuple, "hi"}), QByteArray("01040000"
                                                     "3412"
                                                     "0a00b85d"
                                                     "bb01"
                                                     "6869"));
    QCOMPARE(hex(Note{"ipv6"}), QByteArray("01050000"
                                           "69707636"));
    QCOMPARE(hex(Tuples{{kTuple}}), QByteArray("01060000"
                                               "01000000"
                                               "3412"
                                               "0a00b85d"
                                               "bb01"));
    QCOMPARE(hex(Accept{1}), QByteArray("01100000"
                                        "0100000000000000"));
    QCOMPARE(hex(Refuse{1, Refusal::Unreachable}), QByteArray("01110000"
                                                              "0100000000000000"
                                                              "02"));
    QCOMPARE(hex(DatagramRefused{kTuple}), QByteArray("01120000"
                                                      "3412"
                                                      "0a00b85d"
                                                      "bb01"));
    QCOMPARE(hex(Poke{{kTuple}}), QByteArray("01130000"
                                             "01000000"
                                             "3412"
                                             "0a00b85d"
                                             "bb01"));
    QCOMPARE(hex(TuplesWanted{}), QByteArray("01140000"));
  }

  void whatIsWrittenIsReadAndNothingElse() {
    checkEachLength(everythingFromNetstack(), parseFromNetstack);
    checkEachLength(everythingFromEgress(), parseFromEgress);
  }

  void aMessageOfTheOtherDirectionIsRefused() {
    for (const FlowMessage& message : {FlowMessage(Accept{1}), FlowMessage(Refuse{1}), FlowMessage(Poke{}),
                                       FlowMessage(TuplesWanted{}), FlowMessage(DatagramRefused{kTuple})}) {
      QVERIFY(!parseFromNetstack(encoded(message)));
    }
    for (const FlowMessage& message :
         {FlowMessage(Open{1, kTuple}), FlowMessage(Closed{1, 0, 0}), FlowMessage(Note{"arp"}), FlowMessage(Tuples{})}) {
      QVERIFY(!parseFromEgress(encoded(message)));
    }
  }

  void wrongValuesAreRefused_data() {
    QTest::addColumn<QByteArray>("bytes");
    const auto row = [](const char* name, const char* text) { QTest::newRow(name) << QByteArray::fromHex(text); };
    row("empty", "");
    row("only a version", "01");
    row("another version",
        "02020000"
        "0100000000000000");
    row("an unknown type",
        "01070000"
        "0100000000000000");
    row("type 0",
        "01000000"
        "0100000000000000");
    row("reserved bytes",
        "01020100"
        "0100000000000000");
    row("flow 0",
        "01020000"
        "0000000000000000");
    row("guest port 0",
        "01010000"
        "0100000000000000"
        "0000"
        "0a00b85d"
        "bb01");
    row("port 0",
        "01010000"
        "0100000000000000"
        "3412"
        "0a00b85d"
        "0000");
    row("a code of no letters", "01050000");
    row("a code with a space",
        "01050000"
        "612062");
    row("a code in capitals",
        "01050000"
        "41");
    row("fewer tuples than said",
        "01060000"
        "02000000"
        "3412"
        "0a00b85d"
        "bb01");
    row("more tuples than said",
        "01060000"
        "00000000"
        "3412"
        "0a00b85d"
        "bb01");
    row("a count that overflows",
        "01060000"
        "01000020"
        "3412"
        "0a00b85d"
        "bb01");
  }
  void wrongValuesAreRefused() {
    QFETCH(QByteArray, bytes);
    QVERIFY(!parseFromNetstack(bytes.toStdString()));
  }

  void refusalsHaveTwoKinds() {
    auto bytes = encoded(Refuse{1, Refusal::Reset});
    for (int kind = 0; kind < 256; ++kind) {
      bytes.back() = static_cast<char>(kind);
      QCOMPARE(parseFromEgress(bytes).has_value(), kind == 1 || kind == 2);
    }
  }

  void lengthsAreBounded() {
    const std::vector<FlowTuple> many(kMaxTuples + 1, kTuple);
    const auto tuples = encoded(Tuples{many});
    QVERIFY(tuples.size() <= kMaxFlowMessage);
    QCOMPARE(std::get<Tuples>(*parseFromNetstack(tuples)).list.size(), kMaxTuples);

    const std::string payload(kMaxPayload + 1, 'x');
    const auto datagram = encoded(Datagram{kTuple, payload});
    QVERIFY(datagram.size() <= kMaxFlowMessage);
    QCOMPARE(std::get<Datagram>(*parseFromNetstack(datagram)).payload.size(), kMaxPayload);
    QVERIFY(!parseFromNetstack(datagram + 'x'));

    QVERIFY(parseFromNetstack(encoded(Note{std::string(kMaxNote, 'a')})));
    QVERIFY(!parseFromNetstack(encoded(Note{std::string(kMaxNote, 'a')}) + 'a'));
  }

  void anyBytesAreReadWithoutHarm() {
    std::mt19937 random(1);
    for (int round = 0; round < 20000; ++round) {
      std::string bytes(random() % 64, '\0');
      for (auto& byte : bytes) byte = static_cast<char>(random());
      if (bytes.size() >= 4) bytes.replace(0, 4, std::string{1, static_cast<char>(random() % 24), 0, 0});
      if (const auto message = parseFromNetstack(bytes)) QCOMPARE(bytesOf(*message), bytes);
      if (const auto message = parseFromEgress(bytes)) QCOMPARE(bytesOf(*message), bytes);
    }
  }
};

QTEST_GUILESS_MAIN(FlowChannelTest)
#include "flowchanneltest.moc"
