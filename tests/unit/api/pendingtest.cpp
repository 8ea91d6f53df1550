// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QTest>
#include <memory>

#include "backend/api/pending.h"

using namespace terrarium;

class PendingTest : public QObject {
  Q_OBJECT
 private slots:
  void anAnswerThatIsKnownNeverArrivesBeforeTheCallReturned() {
    QObject context;
    int received = 0;
    whenDone(settled<int>(Result<int>(7)), &context, [&](const Result<int>& result) { received = result.value(); });
    QCOMPARE(received, 0);
    QTRY_COMPARE(received, 7);
  }

  void aLateAnswerArrivesOnce() {
    QObject context;
    Resolver<int> resolver;
    int calls = 0;
    whenDone(resolver.pending(), &context, [&](const Result<int>&) { ++calls; });
    QCoreApplication::processEvents();
    QCOMPARE(calls, 0);
    resolver.resolve(Result<int>(1));
    resolver.resolve(Result<int>(2));
    QTRY_COMPARE(calls, 1);
    QCoreApplication::processEvents();
    QCOMPARE(calls, 1);
  }

  void theFirstAnswerCounts() {
    QObject context;
    Resolver<int> resolver;
    const auto copy = resolver;
    QVERIFY(!copy.isResolved());
    resolver.resolve(Result<int>(1));
    QVERIFY(copy.isResolved());
    copy.resolve(failure(ErrorCode::Conflict, "later"));
    std::optional<int> received;
    whenDone(copy.pending(), &context, [&](const Result<int>& result) { received = result.value(); });
    QTRY_COMPARE(received, std::optional<int>(1));
  }

  void aDeadContextHearsNothing() {
    bool called = false;
    bool witness = false;
    QObject survivor;
    Resolver<int> resolver;
    {
      QObject context;
      whenDone(resolver.pending(), &context, [&](const Result<int>&) { called = true; });
    }
    whenDone(resolver.pending(), &survivor, [&](const Result<int>&) { witness = true; });
    resolver.resolve(Result<int>(1));
    QTRY_VERIFY(witness);
    QVERIFY(!called);
  }

  void aContextThatDiesAfterTheAnswerHearsNothing() {
    bool called = false;
    auto context = std::make_unique<QObject>();
    whenDone(settled<int>(Result<int>(1)), context.get(), [&](const Result<int>&) { called = true; });
    context.reset();
    QCoreApplication::processEvents();
    QVERIFY(!called);
  }

  void anAbandonedResolverGivesCancelled() {
    QObject context;
    std::optional<Result<void>> received;
    {
      Resolver<void> resolver;
      whenDone(resolver.pending(), &context, [&](const Result<void>& result) { received = result; });
    }
    QTRY_VERIFY(received.has_value());
    QVERIFY(!received->has_value());
    QCOMPARE(received->error().code, ErrorCode::Cancelled);
  }

  void anErrorArrivesWhole() {
    QObject context;
    const Error error{ErrorCode::Gone, "It was lost.", "detail", "field"};
    std::optional<Error> received;
    whenDone(settled<int>(failure(error)), &context, [&](const Result<int>& result) { received = result.error(); });
    QTRY_COMPARE(received, std::optional<Error>(error));
  }
};

QTEST_GUILESS_MAIN(PendingTest)
#include "pendingtest.moc"
