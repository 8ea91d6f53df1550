// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QTest>

#include "backend/egress/proxy/dnsmessage.h"

using namespace terrarium::egress;

namespace {

const QByteArray kHeader = "1234 0100 0001 0000 0000 0000 ";
const QByteArray kName = "03617069 0474657374 00 ";  // api.test
const QByteArray kA = "0001 0001 ";

std::string bytes(const QByteArray& hex) { return QByteArray::fromHex(hex).toStdString(); }
QByteArray hex(const std::string& bytes) { return QByteArray::fromStdString(bytes).toHex(); }
QByteArray packed(QByteArray hex) { return hex.replace(" ", ""); }

}  // namespace

class DnsMessageTest : public QObject {
  Q_OBJECT
 private slots:
  void questionsAreRead_data() {
    QTest::addColumn<QByteArray>("message");
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<int>("type");
    QTest::addColumn<int>("udpSize");  // -1: none
    QTest::newRow("A") << kHeader + kName + kA << QByteArray("api.test") << 1 << -1;
    QTest::newRow("AAAA") << kHeader + kName + "001c 0001" << QByteArray("api.test") << 28 << -1;
    QTest::newRow("root") << kHeader + "00 0002 0001" << QByteArray() << 2 << -1;
    QTest::newRow("upper case") << kHeader + "03415049 0474657374 00" + kA << QByteArray("API.test") << 1 << -1;
    QTest::newRow("extended") << QByteArray("1234 0100 0001 0000 0000 0001") + kName + kA + "00 0029 04d0 00000000 0000"
                              << QByteArray("api.test") << 1 << 1232;
    QTest::newRow("with a cookie") << QByteArray("1234 0120 0001 0000 0000 0001") + kName + kA +
                                          "00 0029 1000 00008000 000c 000a0008 0102030405060708"
                                   << QByteArray("api.test") << 1 << 4096;
    QTest::newRow("a dot in a label") << kHeader + "03612e62 00" + kA << QByteArray("a.b") << 1 << -1;
  }
  void questionsAreRead() {
    QFETCH(QByteArray, message);
    QFETCH(QByteArray, name);
    QFETCH(int, type);
    QFETCH(int, udpSize);
    const auto request = parseDnsRequest(bytes(message));
    QVERIFY(request.question);
    QCOMPARE(QByteArray::fromStdString(request.question->name), name);
    QCOMPARE(int(request.question->type), type);
    QCOMPARE(request.question->udpSize ? int(*request.question->udpSize) : -1, udpSize);
    QCOMPARE(request.question->id, std::uint16_t{0x1234});
  }

  void oddMessagesAreAnsweredWithErrorsOrNotAtAll_data() {
    QTest::addColumn<QByteArray>("message");
    QTest::addColumn<QByteArray>("answer");
    const auto bad = packed("1234 8181 0000 0000 0000 0000");
    const auto row = [](const char* name, const QByteArray& message, const QByteArray& answer) {
      QTest::newRow(name) << message << answer;
    };
    row("empty", "", "");
    row("shorter than a header", "1234 0100 0001 0000 0000 00", "");
    row("an answer", QByteArray("1234 8180 0001 0000 0000 0000") + kName + kA, "");
    row("an update", QByteArray("1234 2800 0001 0000 0000 0000") + kName + kA, packed("1234 8084 0000 0000 0000 0000"));
    row("no question", "1234 0100 0000 0000 0000 0000", bad);
    row("two questions", QByteArray("1234 0100 0002 0000 0000 0000") + kName + kA + kName + kA, bad);
    row("an answer inside", QByteArray("1234 0100 0001 0001 0000 0000") + kName + kA, bad);
    row("a pointer", kHeader + "c00c" + kA, bad);
    row("a pointer behind a label", kHeader + "03617069 c00c" + kA, bad);
    row("a loop of pointers", kHeader + "c00c c00c c00c", bad);
    row("a label type of the future", kHeader + "41 00" + kA, bad);
    row("a label that goes beyond the end", kHeader + "0f617069", bad);
    row("no end of the name", kHeader + "03617069", bad);
    row("another class", kHeader + kName + "0001 0003", bad);
    row("bytes behind it", kHeader + kName + kA + "00", bad);
    row("two additional records",
        QByteArray("1234 0100 0001 0000 0000 0002") + kName + kA + "00 0029 04d0 00000000 0000 00 0029 04d0 00000000 0000", bad);
    row("a signature", QByteArray("1234 0100 0001 0000 0000 0001") + kName + kA + "00 00fa 00ff 00000000 0000", bad);
    row("an option that goes beyond the end",
        QByteArray("1234 0100 0001 0000 0000 0001") + kName + kA + "00 0029 04d0 00000000 0005", bad);
    row("a name that is too long", kHeader + QByteArray("3f" + QByteArray("61").repeated(63)).repeated(4) + "00" + kA, bad);
    row("a message that is too long",
        QByteArray("1234 0100 0001 0000 0000 0001") + kName + kA + "00 0029 04d0 00000000 0500" + QByteArray("00").repeated(0x500),
        bad);
  }
  void oddMessagesAreAnsweredWithErrorsOrNotAtAll() {
    QFETCH(QByteArray, message);
    QFETCH(QByteArray, answer);
    const auto request = parseDnsRequest(bytes(message));
    QVERIFY(!request.question);
    QCOMPARE(hex(request.errorAnswer), answer);
  }

  void noPartOfAQuestionIsOne() {
    const auto whole = bytes(QByteArray("1234 0100 0001 0000 0000 0001") + kName + kA + "00 0029 04d0 00000000 0000");
    for (std::size_t length = 0; length < whole.size(); ++length) {
      QVERIFY2(!parseDnsRequest(whole.substr(0, length)).question, std::to_string(length).c_str());
    }
    QVERIFY(parseDnsRequest(whole).question);
  }

  void answersRepeatTheQuestion() {
    const auto question = *parseDnsRequest(bytes(kHeader + kName + kA)).question;
    QCOMPARE(hex(dnsAnswer(question, DnsCode::Ok, {0xcb007107, 0xcb007108}, 30, 512)),
             packed("1234 8180 0001 0002 0000 0000" + kName + kA + "c00c 0001 0001 0000001e 0004 cb007107" +
                    "c00c 0001 0001 0000001e 0004 cb007108"));
    QCOMPARE(hex(dnsAnswer(question, DnsCode::Refused, {}, 30, 512)), packed("1234 8185 0001 0000 0000 0000" + kName + kA));
  }

  void extendedQuestionsGetExtendedAnswers() {
    const auto question =
        *parseDnsRequest(bytes(QByteArray("1234 0000 0001 0000 0000 0001") + kName + kA + "00 0029 1000 00000000 0000")).question;
    QCOMPARE(hex(dnsAnswer(question, DnsCode::NoSuchName, {}, 30, 512)),
             packed("1234 8083 0001 0000 0000 0001" + kName + kA + "00 0029 04d0 00000000 0000"));
    QCOMPARE(udpAnswerLimit(question), std::size_t{1232});
  }

  void longAnswersAreCutAndSaySo() {
    const auto question = *parseDnsRequest(bytes(kHeader + kName + kA)).question;
    QCOMPARE(udpAnswerLimit(question), std::size_t{512});
    const auto answer = dnsAnswer(question, DnsCode::Ok, std::vector<std::uint32_t>(64, 0xcb007107), 30, 512);
    QVERIFY(answer.size() <= 512);
    QCOMPARE(hex(answer).mid(4, 4), QByteArray("8380"));
    QCOMPARE(hex(answer).mid(12, 4), QByteArray("001e"));
    const auto whole = dnsAnswer(question, DnsCode::Ok, std::vector<std::uint32_t>(64, 0xcb007107), 30, 65535);
    QCOMPARE(hex(whole).mid(4, 4), QByteArray("8180"));
    QCOMPARE(hex(whole).mid(12, 4), QByteArray("0040"));
  }
};

QTEST_GUILESS_MAIN(DnsMessageTest)
#include "dnsmessagetest.moc"
