// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QSignalSpy>
#include <QTest>

#include "backend/qemu/qmpclient.h"
#include "tests/unit/qemu/fakeqemuprocess.h"

using namespace terrarium;
using namespace std::chrono_literals;

/// Conversations with a real process that says what its script holds.
class QmpClientTest : public QObject {
  Q_OBJECT

 private slots:
  void theGreetingTellsTheVersion();
  void aGreetingInPiecesIsUnderstood();
  void aMissingGreetingEndsInTime();
  void aRefusalCarriesQemusWords();
  void anAnswerThatNeverComesTimesOutAlone();
  void answersReachTheirOwnQuestions();
  void eventsBetweenAnswersAreHeard();
  void aDeathFailsEveryPendingCommand();
  void nonsenseEndsTheConversation();
  void anEndlessLineEndsTheConversation();
  void aDescriptorArrivesWithItsCommand();
};

void QmpClientTest::theGreetingTellsTheVersion() {
  FakeQemuProcess fake(kGreeting);
  const auto client = fake.talk();
  const auto version = wait(client->greet(10s));
  QVERIFY(version);
  QCOMPARE(*version, QStringLiteral("7.2.22"));
}

void QmpClientTest::aGreetingInPiecesIsUnderstood() {
  FakeQemuProcess fake(
      "part {\"QMP\":{\"version\":{\"qe\npart mu\":{\"micro\":1,\"minor\":0,\"major\":8}}}}\nsend \nanswer qmp_capabilities\n");
  const auto client = fake.talk();
  QCOMPARE(*wait(client->greet(10s)), QStringLiteral("8.0.1"));
}

void QmpClientTest::aMissingGreetingEndsInTime() {
  FakeQemuProcess fake("ignore never\n");
  const auto client = fake.talk();
  const auto version = wait(client->greet(50ms));
  QVERIFY(!version);
  QCOMPARE(version.error().code, ErrorCode::TimedOut);
  QVERIFY(!client->isOpen());
}

void QmpClientTest::aRefusalCarriesQemusWords() {
  FakeQemuProcess fake(QByteArray(kGreeting) + "refuse cont the machine is on fire\n");
  const auto client = fake.talk();
  QVERIFY(wait(client->greet(10s)));
  const auto answer = wait(client->execute(QStringLiteral("cont")));
  QVERIFY(!answer);
  QCOMPARE(answer.error().code, ErrorCode::Conflict);
  QVERIFY(answer.error().message.find("the machine is on fire") != std::string::npos);
}

void QmpClientTest::anAnswerThatNeverComesTimesOutAlone() {
  FakeQemuProcess fake(QByteArray(kGreeting) + "ignore stop\nreturn query-status {\"status\":\"running\"}\n");
  const auto client = fake.talk();
  QVERIFY(wait(client->greet(10s)));
  const auto lost = client->execute(QStringLiteral("stop"), {}, -1, 50ms);
  const auto kept = client->execute(QStringLiteral("query-status"));
  QCOMPARE(wait(lost).error().code, ErrorCode::TimedOut);
  QCOMPARE(wait(kept)->toObject().value(QLatin1String("status")).toString(), QStringLiteral("running"));
  QVERIFY(client->isOpen());
}

void QmpClientTest::answersReachTheirOwnQuestions() {
  FakeQemuProcess fake(QByteArray(kGreeting) + "return a 1\nreturn b 2\nreturn c 3\n");
  const auto client = fake.talk();
  QVERIFY(wait(client->greet(10s)));
  const auto a = client->execute(QStringLiteral("a"));
  const auto b = client->execute(QStringLiteral("b"));
  const auto c = client->execute(QStringLiteral("c"));
  QCOMPARE(wait(c)->toInt(), 3);
  QCOMPARE(wait(a)->toInt(), 1);
  QCOMPARE(wait(b)->toInt(), 2);
}

void QmpClientTest::eventsBetweenAnswersAreHeard() {
  FakeQemuProcess fake(QByteArray(kGreeting) +
                       "ignore x\nsend {\"event\":\"STOP\"}\nsend {\"event\":\"SHUTDOWN\",\"data\":{\"reason\":\"r\"}}\n");
  const auto client = fake.talk();
  QSignalSpy events(client.get(), &QmpClient::eventReceived);
  QVERIFY(wait(client->greet(10s)));
  (void)client->execute(QStringLiteral("x"));
  QTRY_COMPARE_WITH_TIMEOUT(events.count(), 2, kTestLimit);
  QCOMPARE(events.at(1).at(0).toString(), QStringLiteral("SHUTDOWN"));
  QCOMPARE(events.at(1).at(1).toJsonObject().value(QLatin1String("reason")).toString(), QStringLiteral("r"));
}

void QmpClientTest::aDeathFailsEveryPendingCommand() {
  FakeQemuProcess fake(QByteArray(kGreeting) + "ignore a\nignore b\ndie 3\n");
  const auto client = fake.talk();
  QSignalSpy closed(client.get(), &QmpClient::closed);
  QVERIFY(wait(client->greet(10s)));
  const auto a = client->execute(QStringLiteral("a"));
  const auto b = client->execute(QStringLiteral("b"));
  QCOMPARE(wait(a).error().code, ErrorCode::Gone);
  QCOMPARE(wait(b).error().code, ErrorCode::Gone);
  QCOMPARE(closed.count(), 1);
  QCOMPARE(wait(client->execute(QStringLiteral("c"))).error().code, ErrorCode::Gone);
}

void QmpClientTest::nonsenseEndsTheConversation() {
  FakeQemuProcess fake(QByteArray(kGreeting) + "ignore a\nsend <html>\n");
  const auto client = fake.talk();
  QVERIFY(wait(client->greet(10s)));
  QCOMPARE(wait(client->execute(QStringLiteral("a"))).error().code, ErrorCode::Unavailable);
  QVERIFY(!client->isOpen());
}

void QmpClientTest::anEndlessLineEndsTheConversation() {
  FakeQemuProcess fake(QByteArray(kGreeting) + "ignore a\nflood 5000000\n");
  const auto client = fake.talk();
  QVERIFY(wait(client->greet(10s)));
  QCOMPARE(wait(client->execute(QStringLiteral("a"))).error().code, ErrorCode::Unavailable);
}

void QmpClientTest::aDescriptorArrivesWithItsCommand() {
  FakeQemuProcess fake(QByteArray(kGreeting) + "answer first\nanswer getfd\nread\n");
  const auto client = fake.talk();
  QSignalSpy events(client.get(), &QmpClient::eventReceived);
  QVERIFY(wait(client->greet(10s)));
  int ends[2];
  QCOMPARE(::pipe(ends), 0);
  const Descriptor reading(ends[0]);
  Descriptor writing(ends[1]);
  QCOMPARE(::write(writing.number(), "through the pipe", 16), ssize_t(16));
  (void)client->execute(QStringLiteral("first"));
  QVERIFY(wait(client->execute(QStringLiteral("getfd"), {}, reading.number())));
  QTRY_COMPARE_WITH_TIMEOUT(events.count(), 1, kTestLimit);
  QCOMPARE(events.first().at(1).toJsonObject().value(QLatin1String("text")).toString(), QStringLiteral("through the pipe"));
}

QTEST_GUILESS_MAIN(QmpClientTest)
#include "qmpclienttest.moc"
