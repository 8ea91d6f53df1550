// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QTest>
#include <random>
#include <vector>

#include "backend/guest/agent.pb.h"
#include "backend/guest/agentprotocol.h"

using namespace terrarium::guest;

namespace {

std::string mark() { return std::string(conversationMark()); }

std::string framed(const HostFrame& frame) {
  std::string bytes;
  appendFrame(bytes, frame);
  return bytes;
}

HostFrame dataFrame(std::uint32_t stream, const std::string& data) {
  HostFrame frame;
  frame.set_stream(stream);
  frame.set_data(data);
  return frame;
}

/// What a reader makes of bytes that come in pieces, as text: M a mark, B bad, and the messages.
std::string transcript(FrameReader& reader, const std::vector<std::string>& pieces) {
  std::string result;
  for (const auto& piece : pieces) {
    reader.feed(piece);
    for (auto step = reader.next(); step != FrameReader::Step::NeedMore; step = reader.next()) {
      if (step == FrameReader::Step::Mark) result += "M ";
      if (step == FrameReader::Step::Bad) result += "B ";
      if (step != FrameReader::Step::Message) continue;
      HostFrame frame;
      const bool parsed = frame.ParseFromArray(reader.message().data(), static_cast<int>(reader.message().size()));
      result += parsed ? std::to_string(frame.stream()) + ":" + frame.data() + " " : "? ";
    }
  }
  return result;
}

std::string transcript(const std::vector<std::string>& pieces, FrameReader::Scan scan = FrameReader::Scan::Everywhere) {
  FrameReader reader(kMaxHostMessage, scan);
  return transcript(reader, pieces);
}

}  // namespace

class AgentProtocolTest : public QObject {
  Q_OBJECT

 private slots:
  void theBytesOfAFrameAreFixed() {
    QCOMPARE(QByteArray::fromStdString(framed(dataFrame(5, "hi"))).toHex(), QByteArray("5452414706000000") + "08056a026869" + "0a");
  }

  void nothingOfTheMarkCanComeFromAHeader() {
    for (const unsigned char byte : kMarkBytes) QVERIFY(byte >= 0x80);
  }

  void messagesAreReadAtEverySplit() {
    const auto bytes = mark() + framed(dataFrame(1, "one")) + framed(dataFrame(2, "")) + framed(dataFrame(3, "three"));
    for (std::size_t cut = 0; cut <= bytes.size(); ++cut) {
      QCOMPARE(transcript({bytes.substr(0, cut), bytes.substr(cut)}), std::string("M 1:one 2: 3:three "));
    }
    std::vector<std::string> single;
    for (const char c : bytes) single.emplace_back(1, c);
    QCOMPARE(transcript(single), std::string("M 1:one 2: 3:three "));
  }

  void whatComesBeforeTheFirstMarkIsSkipped() {
    QCOMPARE(transcript({framed(dataFrame(1, "old")), "garbage", mark() + framed(dataFrame(2, "new"))}), std::string("M 2:new "));
  }

  // A snapshot can cut the old conversation anywhere; what the new one says must be understood from its first byte on.
  void aNewConversationIsUnderstoodWhereverTheOldOneWasCut_data() {
    QTest::addColumn<QByteArray>("content");
    QTest::newRow("text") << QByteArray("some content");
    QTest::newRow("line feeds") << QByteArray(40, '\n');
    QTest::newRow("long") << QByteArray(300, 'x');
    QTest::newRow("starts like a mark") << QByteArray(reinterpret_cast<const char*>(kMarkBytes.data()), 9) + "rest";
  }

  void aNewConversationIsUnderstoodWhereverTheOldOneWasCut() {
    QFETCH(QByteArray, content);
    const auto old = mark() + framed(dataFrame(1, "first")) + framed(dataFrame(2, content.toStdString()));
    const auto fresh = mark() + framed(dataFrame(7, "hello")) + framed(dataFrame(8, std::string(500, '\n')));
    const auto expected = "M 7:hello 8:" + std::string(500, '\n') + " ";
    for (std::size_t cut = 0; cut <= old.size(); ++cut) {
      for (const bool inOne : {true, false}) {
        const auto pieces =
            inOne ? std::vector<std::string>{old.substr(0, cut) + fresh} : std::vector<std::string>{old.substr(0, cut), fresh};
        const auto seen = transcript(pieces);
        QVERIFY2(seen.ends_with(expected), qPrintable(QStringLiteral("cut at %1: %2").arg(cut).arg(QString::fromStdString(seen))));
        // Nothing of the old conversation may come out mangled.
        const auto before = seen.substr(0, seen.size() - expected.size());
        const auto whole = "M 1:first 2:" + content.toStdString() + " ";
        QVERIFY2(whole.starts_with(before) || before.ends_with("B "), qPrintable(QString::fromStdString(before)));
      }
    }
  }

  void aMarkSentByteByByteIsFoundInsideAFrame() {
    const auto old = mark() + framed(dataFrame(1, std::string(1000, 'x')));
    std::vector<std::string> pieces{old.substr(0, 500)};
    for (const char c : mark() + framed(dataFrame(2, "new"))) pieces.emplace_back(1, c);
    QCOMPARE(transcript(pieces), std::string("M M 2:new "));
  }

  void aHostDoesNotLookForMarksInsideFrames() {
    const auto bytes = mark() + framed(dataFrame(1, "a" + mark() + "b"));
    QCOMPARE(transcript({bytes}, FrameReader::Scan::Boundaries), "M 1:a" + mark() + "b ");
  }

  void aMarkBetweenFramesIsNoHarm() {
    const auto bytes = mark() + framed(dataFrame(1, "a")) + mark() + framed(dataFrame(2, "b"));
    for (std::size_t cut = 0; cut <= bytes.size(); ++cut) {
      QCOMPARE(transcript({bytes.substr(0, cut), bytes.substr(cut)}, FrameReader::Scan::Boundaries), std::string("M 1:a M 2:b "));
    }
  }

  void badBytesAreRefused_data() {
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("other magic") << QByteArray("XRAG\0\0\0\0\n", 9);
    QTest::newRow("magic ends wrongly") << QByteArray("TRAX");
    QTest::newRow("too long") << QByteArray("TRAG\x01\x00\x20\x00", 8);
    QTest::newRow("far too long") << QByteArray("TRAG\xff\xff\xff\xff", 8);
    QTest::newRow("no line feed") << QByteArray("TRAG\0\0\0\0X", 9);
    QTest::newRow("half a mark") << QByteArray("\xf5\xd4XX", 4);
  }

  void badBytesAreRefused() {
    QFETCH(QByteArray, bytes);
    const auto bad = mark() + bytes.toStdString();
    QCOMPARE(transcript({bad}), std::string("M B "));
    for (std::size_t cut = 0; cut <= bad.size(); ++cut) {
      QCOMPARE(transcript({bad.substr(0, cut), bad.substr(cut) + mark() + framed(dataFrame(9, "again"))}),
               std::string("M B M 9:again "));
    }
  }

  void theLongestMessageIsTakenAndNotOneByteMore() {
    FrameReader reader(100, FrameReader::Scan::Boundaries);
    const auto fitting = framed(dataFrame(1, std::string(96, 'x')));
    QCOMPARE(fitting.size(), std::size_t(8 + 100 + 1));
    QVERIFY(transcript(reader, {mark() + fitting}).starts_with("M 1:"));
    QCOMPARE(transcript(reader, {framed(dataFrame(1, std::string(97, 'x')))}), std::string("B "));
  }

  void contentIsCutSoThatNoFrameHoldsAMark() {
    for (const std::string& content :
         {mark(), "abc" + mark() + mark() + "def", mark().substr(0, 15) + mark(), std::string(100, 'x')}) {
      for (const std::size_t limit : {std::size_t(7), std::size_t(16), std::size_t(20), std::size_t(1000)}) {
        std::string_view rest = content;
        std::string bytes = mark();
        std::string expected = "M ";
        std::string together;
        while (!rest.empty()) {
          const auto length = contentLength(rest, limit);
          QVERIFY(length > 0 && length <= limit);
          bytes += framed(dataFrame(1, std::string(rest.substr(0, length))));
          together += rest.substr(0, length);
          expected += "1:" + std::string(rest.substr(0, length)) + " ";
          rest.remove_prefix(length);
        }
        QCOMPARE(together, content);
        QCOMPARE(transcript({bytes}), expected);
      }
    }
  }

  void noiseNeverHoldsAReaderUp() {
    std::mt19937 random(20260101);
    for (int round = 0; round < 300; ++round) {
      FrameReader reader(kMaxGuestMessage, FrameReader::Scan::Everywhere);
      std::string noise = mark();
      const auto length = random() % 3000;
      for (std::size_t i = 0; i < length; ++i) noise += static_cast<char>(random());
      if (round % 2 == 0) noise += "TRAG";
      transcript(reader, {noise});
      QVERIFY(reader.buffered() <= kMaxGuestMessage + 16);
      QVERIFY(transcript(reader, {mark() + framed(dataFrame(4, "ok"))}).ends_with("M 4:ok "));
    }
  }

  void unknownFieldsAreTolerated() {
    // Field 100, a length-delimited one that no version knows yet, in front of known ones.
    const std::string bytes = std::string("\xa2\x06\x03new", 6) + dataFrame(3, "x").SerializeAsString();
    HostFrame frame;
    QVERIFY(frame.ParseFromString(bytes));
    QCOMPARE(frame.stream(), 3U);
    QCOMPARE(frame.data(), std::string("x"));
  }
};

QTEST_GUILESS_MAIN(AgentProtocolTest)
#include "agentprotocoltest.moc"
