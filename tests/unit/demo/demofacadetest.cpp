// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QTest>
#include <algorithm>
#include <map>

#include "backend/demo/demofacade.h"
#include "tests/support/builders.h"
#include "tests/support/manualclock.h"

using namespace terrarium;

namespace {

constexpr std::chrono::milliseconds kQuick(5);

DemoOptions quick(bool prefill, const Clock* clock = nullptr) { return {kQuick, kQuick, prefill, clock}; }

/// Settled answers of the demonstration are there at once.
template <class T>
Result<T> now(const Pending<T>& pending) {
  return pending.isFinished() ? pending.result() : Result<T>(failure(ErrorCode::TimedOut, "not settled yet"));
}

SandboxId idOf(Facade& facade, const std::string& name) {
  SandboxQuery query;
  query.nameContains = name;
  return now(facade.sandboxes().list(query))->items.at(0).id;
}

SandboxState stateOf(Facade& facade, const SandboxId& id) {
  const auto info = now(facade.sandboxes().get(id));
  return info ? info->state : SandboxState::Deleted;
}

}  // namespace

class DemoFacadeTest : public QObject {
  Q_OBJECT
 private slots:
  void eightSandboxesInAllLastingStatesAreThere() {
    DemoFacade facade(DemoOptions{});
    const auto page = now(facade.sandboxes().list({}));
    QVERIFY(page);
    QCOMPARE(page->total, std::size_t{8});
    std::map<std::string, int> count;
    for (const auto& info : page->items) ++count[std::string(phaseName(info.state))];
    QCOMPARE(count, (std::map<std::string, int>{{"active", 4}, {"paused", 2}, {"resuming", 1}, {"failed", 1}}));
    QCOMPARE(page->items.front().name.value(), std::string("demo-for-friday"));
  }

  void itIsTheSameInEveryRun() {
    const ManualClock clock;
    DemoFacade first(quick(true, &clock));
    DemoFacade second(quick(true, &clock));
    QCOMPARE(now(first.sandboxes().list({}))->items, now(second.sandboxes().list({}))->items);
    QCOMPARE(*now(first.templates().list()), *now(second.templates().list()));
  }

  void theResumingOneBecomesActive() {
    DemoFacade facade(quick(true));
    const auto id = idOf(facade, "agent-coder-12");
    QCOMPARE(stateOf(facade, id), SandboxState::Resuming);
    QTRY_COMPARE(stateOf(facade, id), SandboxState::Active);
  }

  void statisticsComeForActiveOnesOnly() {
    DemoFacade facade(DemoOptions{std::chrono::milliseconds(250), kQuick, true, nullptr});
    std::map<std::string, int> seen;
    connect(&facade.events(), &Events::statisticsChanged, this, [&](const SandboxStatistics& each) { ++seen[each.id]; });
    QTRY_VERIFY(!seen.empty() && seen.begin()->second > 3);
    QCOMPARE(seen.size(), std::size_t{4});
    for (const auto& [id, count] : seen) QCOMPARE(stateOf(facade, SandboxId::parse(id).value()), SandboxState::Active);
  }

  void aDeleteIsRefusedInATransition() {
    DemoFacade facade(quick(true));
    const auto id = idOf(facade, "pr-1482");
    const auto pause = facade.sandboxes().pause(id);
    QCOMPARE(stateOf(facade, id), SandboxState::Pausing);
    QCOMPARE(now(facade.sandboxes().remove(id)).error().code, ErrorCode::Conflict);
    QTRY_COMPARE(stateOf(facade, id), SandboxState::Paused);
    QVERIFY(now(pause));
  }

  void aFailedOneCanOnlyBeDeleted() {
    DemoFacade facade(quick(true));
    const auto id = idOf(facade, "billing-replay");
    QVERIFY(!now(facade.sandboxes().get(id))->problem.empty());
    QCOMPARE(now(facade.sandboxes().pause(id)).error().code, ErrorCode::Conflict);
    QCOMPARE(now(facade.sandboxes().resume(id)).error().code, ErrorCode::Conflict);
    QCOMPARE(now(facade.sandboxes().activate(id)).error().code, ErrorCode::Conflict);
    (void)facade.sandboxes().remove(id);
    QTRY_COMPARE(stateOf(facade, id), SandboxState::Deleted);
  }

  void deadlinesHoldInEveryState() {
    ManualClock clock;
    DemoFacade facade(DemoOptions{std::chrono::hours(1), kQuick, true, &clock});
    const auto paused = idOf(facade, "nightly-crawler");
    const auto active = idOf(facade, "agent-research-07");
    const auto resuming = idOf(facade, "agent-coder-12");
    const auto withoutLimit = idOf(facade, "jupyter-scratch");
    clock.advance(std::chrono::hours(24 * 8));
    for (const auto& id : {paused, active, resuming}) QTRY_COMPARE(stateOf(facade, id), SandboxState::Deleting);
    QCOMPARE(stateOf(facade, withoutLimit), SandboxState::Paused);
  }

  void aBuildLogsAndEndsReady() {
    DemoFacade facade(quick(true));
    const auto ref = TemplateRef::parse("agent-tools").value();
    QCOMPARE(now(facade.templates().get(ref))->status, TemplateStatus::Failed);
    std::vector<OperationProgress> progress;
    connect(&facade.events(), &Events::operationProgressed, this, [&](const OperationProgress& each) {
      if (each.kind == OperationKind::BuildTemplate) progress.push_back(each);
    });
    const auto first = facade.templates().build(ref);
    const auto joined = facade.templates().build(ref);
    QCOMPARE(now(facade.templates().get(ref))->status, TemplateStatus::Building);
    auto request = sandboxRequest();
    request.fromTemplate = "agent-tools";
    QCOMPARE(now(facade.sandboxes().create(sandboxSpec(request))).error().code, ErrorCode::Conflict);

    QTRY_VERIFY(first.isFinished() && joined.isFinished());
    QCOMPARE(first.result()->status, TemplateStatus::Ready);
    QCOMPARE(*joined.result(), *first.result());
    QVERIFY(first.result()->problem.empty() && first.result()->sizeBytes > 0);
    QVERIFY(std::count_if(progress.begin(), progress.end(), [](const auto& each) { return !each.logLine.empty(); }) > 10);
    QVERIFY(progress.back().finished && !progress.back().error);
    for (const auto& each : progress) QCOMPARE(each.operation, progress.front().operation);
  }

  void aCancelledBuildLeavesTheTemplateAsItWas() {
    DemoFacade facade(quick(true));
    const auto ref = TemplateRef::parse("agent-tools").value();
    const auto build = facade.templates().build(ref);
    QVERIFY(now(facade.templates().cancelBuild(ref)));
    QCOMPARE(now(build).error().code, ErrorCode::Cancelled);
    QCOMPARE(now(facade.templates().get(ref))->status, TemplateStatus::Failed);
    QVERIFY(now(facade.templates().cancelBuild(ref)));
  }

  void aReadyTemplateStaysReadyWhileItIsBuiltAnew() {
    DemoFacade facade(quick(true));
    const auto build = facade.templates().build(TemplateRef::defaultTemplate());
    QCOMPARE(now(facade.templates().get(TemplateRef::defaultTemplate()))->status, TemplateStatus::Ready);
    QTRY_VERIFY(build.isFinished());
  }

  void outputWaitsForItsReceiver() {
    DemoFacade facade(quick(true));
    ExecRequest request;
    request.command = "seq 500000";  // 3.4 MB
    const auto session = facade.exec().run(idOf(facade, "pr-1482"), request);
    qint64 received = 0;
    bool finished = false;
    connect(session.get(), &ExecSession::outputReceived, this,
            [&](OutputChannel, const QByteArray& bytes) { received += bytes.size(); });
    connect(session.get(), &ExecSession::finished, this, [&] { finished = true; });
    QTRY_VERIFY(received > 0);
    qint64 before = -1;
    while (received != before) {
      before = received;
      for (int i = 0; i < 50; ++i) QCoreApplication::processEvents();
    }
    QVERIFY2(received <= 512 * 1024, QByteArray::number(received).constData());
    for (qint64 given = 0; !finished;) {
      session->consumed(received - given);
      given = received;
      QTRY_VERIFY(received > given || finished);
    }
    QVERIFY(received > 3'000'000);
  }

  void sessionsMayOutliveTheFacade() {
    std::unique_ptr<ExecSession> terminal;
    {
      DemoFacade facade(quick(true));
      terminal = facade.exec().openTerminal(idOf(facade, "pr-1482"), {});
      // Operations that run when the facade goes.
      (void)facade.sandboxes().create(sandboxSpec());
      (void)facade.templates().build(TemplateRef::defaultTemplate());
      QCoreApplication::processEvents();
    }
    QByteArray output;
    connect(terminal.get(), &ExecSession::outputReceived, this, [&](OutputChannel, const QByteArray& bytes) { output += bytes; });
    terminal->write("echo still\r");
    QTRY_VERIFY(output.contains("still\r\n"));
  }
};

QTEST_GUILESS_MAIN(DemoFacadeTest)
#include "demofacadetest.moc"
