// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QTest>

#include "backend/egress/proxy/eventlog.h"

using namespace terrarium::egress;
using namespace std::chrono_literals;

namespace {

const EventLog::Time kStart{};

FlowEvent made(FlowEvent::Kind kind, const std::string& host, std::uint16_t port = 443) {
  FlowEvent event;
  event.kind = kind;
  event.host = host;
  event.port = port;
  return event;
}

}  // namespace

class EventLogTest : public QObject {
  Q_OBJECT
 private slots:
  void eventsComeInBatchesAndInOrder() {
    for (int i = 0; i < 150; ++i) log.add(made(FlowEvent::Kind::Open, std::to_string(i)), kStart);
    QVERIFY(!log.flush(kStart));
    QCOMPARE(batches, (std::vector<std::size_t>{64, 64, 22}));
    for (std::size_t i = 0; i < sent.size(); ++i) QCOMPARE(sent[i].host, std::to_string(i));
    QVERIFY(sent.front().time > 1'600'000'000'000);
  }

  void whatCannotBeSentStays() {
    isOpen = false;
    log.add(made(FlowEvent::Kind::Open, "a"), kStart);
    QVERIFY(log.flush(kStart));
    QVERIFY(!log.isEmpty());
    isOpen = true;
    QVERIFY(!log.flush(kStart));
    QCOMPARE(sent.size(), std::size_t{1});
    QVERIFY(log.isEmpty());
  }

  void likeDenialsOfASecondAreCounted() {
    for (int i = 0; i < 100; ++i) log.add(made(FlowEvent::Kind::Deny, "a"), kStart + std::chrono::milliseconds(i));
    log.add(made(FlowEvent::Kind::Deny, "a", 80), kStart);
    log.add(made(FlowEvent::Kind::Deny, "b"), kStart);
    QVERIFY(log.flush(kStart + 500ms));
    QCOMPARE(sent.size(), std::size_t{22});
    QVERIFY(!log.flush(kStart + 1s));
    QCOMPARE(sent.size(), std::size_t{23});
    QCOMPARE(sent.back().host, std::string("a"));
    QCOMPARE(sent.back().times, 80U);
    log.add(made(FlowEvent::Kind::Deny, "a"), kStart + 2s);
    static_cast<void>(log.flush(kStart + 2s));
    QCOMPARE(sent.back().times, 1U);
  }

  void otherEventsAreNeverCountedTogether() {
    for (int i = 0; i < 100; ++i) log.add(made(FlowEvent::Kind::Close, "a"), kStart);
    QVERIFY(!log.flush(kStart));
    QCOMPARE(sent.size(), std::size_t{100});
  }

  void whatIsTooMuchIsSaidToBeMissing() {
    isOpen = false;
    for (std::size_t i = 0; i < EventLog::kMaxWaiting + 10; ++i) log.add(made(FlowEvent::Kind::Open, "a"), kStart);
    isOpen = true;
    QVERIFY(!log.flush(kStart));
    QCOMPARE(sent.size(), EventLog::kMaxWaiting + 1);
    QCOMPARE(sent.back().reason, std::string("the network was busier than its log could follow"));
    QCOMPARE(sent.back().times, 10U);
  }

  void cleanup() {
    sent.clear();
    batches.clear();
    isOpen = true;
    log = EventLog([this](const FlowEvents& events) { return take(events); });
  }

 private:
  bool take(const FlowEvents& events) {
    if (!isOpen) return false;
    batches.push_back(events.events.size());
    sent.insert(sent.end(), events.events.begin(), events.events.end());
    return true;
  }
  bool isOpen = true;
  std::vector<std::size_t> batches;
  std::vector<FlowEvent> sent;
  EventLog log{[this](const FlowEvents& events) { return take(events); }};
};

QTEST_GUILESS_MAIN(EventLogTest)
#include "eventlogtest.moc"
