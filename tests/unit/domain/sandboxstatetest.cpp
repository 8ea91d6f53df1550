// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QTest>
#include <algorithm>
#include <map>
#include <set>

#include "backend/domain/sandboxstate.h"

using namespace terrarium;
using State = SandboxState;
using Event = SandboxEvent;
using Action = SandboxAction;

namespace {

/// Every pair that is accepted; all others must be refused.
const std::map<std::pair<State, Event>, State> kAccepted{
    {{State::Starting, Event::Started}, State::Active},
    {{State::Starting, Event::DeleteRequested}, State::Deleting},
    {{State::Active, Event::PauseRequested}, State::Pausing},
    {{State::Active, Event::MachineLost}, State::Failed},
    {{State::Active, Event::DeleteRequested}, State::Deleting},
    {{State::Pausing, Event::Paused}, State::Paused},
    {{State::Pausing, Event::PauseFailed}, State::Active},
    {{State::Pausing, Event::MachineLost}, State::Failed},
    {{State::Pausing, Event::DeleteRequested}, State::Deleting},
    {{State::Paused, Event::ResumeRequested}, State::Resuming},
    {{State::Paused, Event::DeleteRequested}, State::Deleting},
    {{State::Resuming, Event::Resumed}, State::Active},
    {{State::Resuming, Event::ResumeFailed}, State::Paused},
    {{State::Resuming, Event::MachineLost}, State::Failed},
    {{State::Resuming, Event::DeleteRequested}, State::Deleting},
    {{State::Failed, Event::DeleteRequested}, State::Deleting},
    {{State::Deleting, Event::Deleted}, State::Deleted},
    {{State::Active, Event::SetBack}, State::Paused},
    {{State::Pausing, Event::SetBack}, State::Paused},
    {{State::Resuming, Event::SetBack}, State::Paused},
};

const std::map<State, std::set<Action>> kActions{
    {State::Starting, {Action::UpdateMetadata}},
    {State::Active,
     {Action::Pause, Action::Delete, Action::Exec, Action::UpdateNetwork, Action::UpdateMetadata, Action::Snapshot, Action::Fork}},
    {State::Pausing, {Action::UpdateMetadata}},
    {State::Paused, {Action::Resume, Action::Delete, Action::UpdateMetadata, Action::Snapshot, Action::Fork}},
    {State::Resuming, {Action::UpdateMetadata}},
    {State::Failed, {Action::Delete, Action::UpdateMetadata}},
    {State::Deleting, {}},
    {State::Deleted, {}},
};

constexpr Action kAllActions[] = {Action::Pause,         Action::Resume,         Action::Delete,   Action::Exec,
                                  Action::UpdateNetwork, Action::UpdateMetadata, Action::Snapshot, Action::Fork};

}  // namespace

class SandboxStateTest : public QObject {
  Q_OBJECT
 private slots:
  void everyStateAnswersEveryEvent_data() {
    QTest::addColumn<int>("state");
    QTest::addColumn<int>("event");
    for (const auto state : kAllSandboxStates) {
      for (const auto event : kAllSandboxEvents) {
        QTest::addRow("%s, event %d", std::string(phaseName(state)).c_str(), static_cast<int>(event))
            << static_cast<int>(state) << static_cast<int>(event);
      }
    }
  }
  void everyStateAnswersEveryEvent() {
    QFETCH(int, state);
    QFETCH(int, event);
    const auto expected = kAccepted.find({static_cast<State>(state), static_cast<Event>(event)});
    const auto found = next(static_cast<State>(state), static_cast<Event>(event));
    QCOMPARE(found, expected == kAccepted.end() ? std::nullopt : std::optional<State>(expected->second));
  }

  void everyStateAllowsItsActions() {
    for (const auto state : kAllSandboxStates) {
      const auto allowed = allowedActions(state);
      QCOMPARE(std::set<Action>(allowed.begin(), allowed.end()), kActions.at(state));
      for (const auto action : kAllActions) QCOMPARE(isAllowed(action, state), kActions.at(state).count(action) == 1);
    }
  }

  void actionsThatChangeTheStateAreAcceptedByIt() {
    for (const auto state : kAllSandboxStates) {
      if (isAllowed(Action::Pause, state)) QVERIFY(next(state, Event::PauseRequested));
      if (isAllowed(Action::Resume, state)) QVERIFY(next(state, Event::ResumeRequested));
      if (isAllowed(Action::Delete, state)) QVERIFY(next(state, Event::DeleteRequested));
    }
  }

  void namesOnTheWire_data() {
    QTest::addColumn<QByteArray>("phase");
    QTest::addColumn<QByteArray>("status");
    const auto row = [](const char* phase, const char* status) { QTest::newRow(phase) << QByteArray(phase) << QByteArray(status); };
    row("starting", "resuming");
    row("active", "active");
    row("pausing", "active");
    row("paused", "paused");
    row("resuming", "resuming");
    row("failed", "failed");
    row("deleting", "paused");
    row("deleted", "paused");
  }
  void namesOnTheWire() {
    QFETCH(QByteArray, phase);
    QFETCH(QByteArray, status);
    const auto state = stateFromPhase(phase.toStdString());
    QVERIFY(state);
    QCOMPARE(QByteArray::fromStdString(std::string(phaseName(*state))), phase);
    QCOMPARE(QByteArray::fromStdString(std::string(wireStatus(*state))), status);
  }

  void unknownPhasesAreNoState() {
    QVERIFY(!stateFromPhase("migrating"));
    QVERIFY(!stateFromPhase(""));
  }
};

QTEST_GUILESS_MAIN(SandboxStateTest)
#include "sandboxstatetest.moc"
