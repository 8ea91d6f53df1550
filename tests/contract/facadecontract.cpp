// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/contract/facadecontract.h"

#include <QCoreApplication>
#include <algorithm>

#include "tests/contract/activitycontract.h"
#include "tests/contract/buildscontract.h"
#include "tests/contract/eventscontract.h"
#include "tests/contract/execcontract.h"
#include "tests/contract/filescontract.h"
#include "tests/contract/portscontract.h"
#include "tests/contract/sandboxescontract.h"
#include "tests/contract/snapshotscontract.h"
#include "tests/contract/updatecontract.h"

namespace terrarium {

namespace {

/// The sandbox could not be had: nothing that follows in the test would mean anything.
[[noreturn]] void giveUp(const Error& error) { qFatal("a test needs a sandbox and cannot have one: %s", error.message.c_str()); }

bool isWanted(const QObject& part, const QStringList& arguments) {
  const auto named = std::find_if(arguments.begin() + 1, arguments.end(),
                                  [](const QString& argument) { return !argument.startsWith(QLatin1Char('-')); });
  if (named == arguments.end()) return true;
  const auto signature = named->section(QLatin1Char(':'), 0, 0).toLatin1() + "()";
  return part.metaObject()->indexOfMethod(signature.constData()) >= 0;
}

}  // namespace

int runFacadeContract(int argc, char** argv, const FixtureFactory& factory) {
  const QCoreApplication application(argc, argv);
  const auto arguments = QCoreApplication::arguments();
  SandboxesContract sandboxes(factory);
  UpdateContract update(factory);
  ExecContract exec(factory);
  FilesContract files(factory);
  PortsContract ports(factory);
  EventsContract events(factory);
  SnapshotsContract snapshots(factory);
  ActivityContract activity(factory);
  BuildsContract builds(factory);
  int failures = 0;
  int parts = 0;
  for (QObject* part :
       std::initializer_list<QObject*>{&sandboxes, &update, &exec, &files, &ports, &events, &snapshots, &activity, &builds}) {
    if (!isWanted(*part, arguments)) continue;
    ++parts;
    failures += QTest::qExec(part, arguments);
  }
  return parts == 0 ? 1 : failures;
}

EventLog::EventLog(Events& events) {
  connect(&events, &Events::sandboxChanged, this, [this](const SandboxInfo& info) { changed.push_back(info); });
  connect(&events, &Events::sandboxRemoved, this, [this](const SandboxId& id) { removed.push_back(id); });
  connect(&events, &Events::operationProgressed, this, [this](const OperationProgress& each) { progress.push_back(each); });
  connect(&events, &Events::statisticsChanged, this, [this](const SandboxStatistics& each) { statistics.push_back(each); });
}

std::vector<SandboxState> EventLog::statesOf(const SandboxId& id) const {
  std::vector<SandboxState> states;
  for (const auto& info : changed) {
    if (info.id == id && (states.empty() || states.back() != info.state)) states.push_back(info.state);
  }
  return states;
}

bool EventLog::hasRemoved(const SandboxId& id) const { return std::find(removed.begin(), removed.end(), id) != removed.end(); }

std::vector<OperationProgress> EventLog::progressOf(const OperationId& operation) const {
  std::vector<OperationProgress> found;
  std::copy_if(progress.begin(), progress.end(), std::back_inserter(found),
               [&](const OperationProgress& each) { return each.operation == operation; });
  return found;
}

void follow(ExecSession& session, SessionLog& log) {
  QObject::connect(&session, &ExecSession::started, &session, [&log] { ++log.startedCount; });
  QObject::connect(&session, &ExecSession::outputReceived, &session,
                   [&log, &session](OutputChannel channel, const QByteArray& bytes) {
                     log.outputBeforeStart = log.outputBeforeStart || log.startedCount == 0;
                     (channel == OutputChannel::Stdout ? log.out : log.err) += bytes;
                     session.consumed(bytes.size());
                   });
  QObject::connect(&session, &ExecSession::finished, &session, [&log](const ExecResult& result) {
    ++log.endCount;
    log.result = result;
  });
  QObject::connect(&session, &ExecSession::failed, &session, [&log](const Error& error) {
    ++log.endCount;
    log.error = error;
  });
}

void FacadeContract::init() {
  fixture_ = factory_();
  QVERIFY2(waitFor([this] { return facade().events().isConnected(); }), "the facade does not connect");
}

void FacadeContract::cleanup() { fixture_.reset(); }

bool FacadeContract::waitFor(const std::function<bool()>& condition) {
  return QTest::qWaitFor(condition, static_cast<int>(fixture_->patience().count()));
}

SandboxInfo FacadeContract::made(const SandboxSpec& spec) {
  auto created = await(facade().sandboxes().create(spec));
  if (!created) giveUp(created.error());
  return *created;
}

SandboxInfo FacadeContract::madePaused(const SandboxSpec& spec) {
  const auto info = made(spec);
  if (auto paused = await(facade().sandboxes().pause(info.id)); !paused) giveUp(paused.error());
  auto found = await(facade().sandboxes().get(info.id));
  if (!found) giveUp(found.error());
  return *found;
}

SandboxState FacadeContract::stateOf(const SandboxId& id) {
  const auto info = await(facade().sandboxes().get(id));
  return info ? info->state : SandboxState::Deleted;
}

SessionLog FacadeContract::exec(const SandboxId& id, const ExecRequest& request) {
  SessionLog log;
  const auto session = facade().exec().run(id, request);
  follow(*session, log);
  if (!waitFor([&] { return log.endCount > 0; })) log.error = Error{ErrorCode::TimedOut, "the command did not end", {}, {}};
  return log;
}

SessionLog FacadeContract::exec(const SandboxId& id, const std::string& command) {
  ExecRequest request;
  request.command = command;
  return exec(id, request);
}

}  // namespace terrarium
