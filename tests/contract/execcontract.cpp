// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/contract/execcontract.h"

#include "tests/support/builders.h"

namespace terrarium {

void ExecContract::outputAndExitCodeArrive() {
  const auto info = made(sandboxSpec());
  const auto log = exec(info.id, "echo hello; exit 42");
  QVERIFY2(log.result, log.error ? log.error->message.c_str() : "");
  QCOMPARE(log.result->exitCode, 42);
  QCOMPARE(log.out, QByteArray("hello\n"));
  QCOMPARE(log.err, QByteArray());
  QCOMPARE(log.startedCount, 1);
  QCOMPARE(log.endCount, 1);
  QVERIFY(!log.outputBeforeStart);
}

void ExecContract::nothingHappensBeforeTheCallReturned() {
  const auto info = made(sandboxSpec());
  ExecRequest request;
  request.command = "echo hello";
  const auto session = facade().exec().run(info.id, request);
  SessionLog log;
  follow(*session, log);
  QVERIFY(log.startedCount == 0 && log.endCount == 0 && log.out.isEmpty());
  QVERIFY(waitFor([&] { return log.endCount == 1; }));
  QCOMPARE(log.out, QByteArray("hello\n"));
}

void ExecContract::stdoutAndStderrAreSeparate() {
  const auto info = made(sandboxSpec());
  const auto log = exec(info.id, "echo out; echo err >&2");
  QCOMPARE(log.out, QByteArray("out\n"));
  QCOMPARE(log.err, QByteArray("err\n"));
}

void ExecContract::aCommandThatDoesNotExistEndsWith127() {
  const auto info = made(sandboxSpec());
  const auto log = exec(info.id, "no-such-command");
  QVERIFY(log.result);
  QCOMPARE(log.result->exitCode, 127);
  QVERIFY(log.err.contains("no-such-command"));
}

void ExecContract::theEnvironmentOfTheSandboxIsThereAndTheRequestWins() {
  auto sandbox = sandboxRequest();
  sandbox.envVars = {{"FIRST", "sand box"}, {"SECOND", "sandbox"}};
  const auto info = made(sandboxSpec(sandbox));
  ExecRequest request;
  request.command = "printf '%s|%s|%s' \"$FIRST\" \"$SECOND\" \"$THIRD\"";
  request.env = {{"SECOND", "request"}, {"THIRD", "$FIRST"}};
  QCOMPARE(exec(info.id, request).out, QByteArray("sand box|request|$FIRST"));
}

void ExecContract::theWorkingDirectoryIsTaken() {
  const auto info = made(sandboxSpec());
  ExecRequest request;
  request.command = "pwd";
  request.workingDirectory = "/tmp";
  QCOMPARE(exec(info.id, request).out, QByteArray("/tmp\n"));
}

void ExecContract::argumentsGoPastTheShell() {
  const auto info = made(sandboxSpec());
  ExecRequest request;
  request.command = "echo";
  request.args = {"$HOME;", "*"};
  QCOMPARE(exec(info.id, request).out, QByteArray("$HOME; *\n"));
  request.command = "no-such-program";
  const auto log = exec(info.id, request);
  QVERIFY(log.error);
  QCOMPARE(log.error->code, ErrorCode::BadRequest);
}

void ExecContract::stdinIsEmptyUnlessOpened() {
  const auto info = made(sandboxSpec());
  const auto log = exec(info.id, "cat");
  QVERIFY(log.result);
  QCOMPARE(log.result->exitCode, 0);
  QCOMPARE(log.out, QByteArray());
}

void ExecContract::stdinIsPassedOn() {
  const auto info = made(sandboxSpec());
  ExecRequest request;
  request.command = "cat";
  request.openStdin = true;
  const auto session = facade().exec().run(info.id, request);
  SessionLog log;
  follow(*session, log);
  session->write("first ");
  QVERIFY(waitFor([&] { return log.out == "first "; }));
  session->write(QByteArray("\0second", 7));
  session->closeInput();
  QVERIFY(waitFor([&] { return log.endCount == 1; }));
  QCOMPARE(log.out, QByteArray("first \0second", 13));
  QCOMPARE(log.result->exitCode, 0);
}

void ExecContract::timeIsUpWith124() {
  const auto info = made(sandboxSpec());
  ExecRequest request;
  request.command = "echo begun; sleep 600";
  request.timeout = std::chrono::seconds(1);
  const auto log = exec(info.id, request);
  QVERIFY2(log.result, log.error ? log.error->message.c_str() : "");
  QCOMPARE(log.result->exitCode, 124);
  QCOMPARE(log.out, QByteArray("begun\n"));
  QVERIFY(log.result->duration >= std::chrono::milliseconds(900));
}

void ExecContract::aSignalEndsWith128AndItsNumber() {
  const auto info = made(sandboxSpec());
  ExecRequest request;
  request.command = "echo begun; sleep 600";
  const auto session = facade().exec().run(info.id, request);
  SessionLog log;
  follow(*session, log);
  QVERIFY(waitFor([&] { return !log.out.isEmpty(); }));
  session->sendSignal("SIGNONSENSE");
  session->sendSignal("SIGTERM");
  QVERIFY(waitFor([&] { return log.endCount == 1; }));
  QVERIFY(log.result);
  QCOMPARE(log.result->exitCode, 128 + 15);
}

void ExecContract::largeOutputIsComplete() {
  const auto info = made(sandboxSpec());
  const auto log = exec(info.id, "seq 300000");
  QByteArray expected;
  for (int i = 1; i <= 300000; ++i) expected += QByteArray::number(i) + '\n';
  QCOMPARE(log.out.size(), expected.size());
  QVERIFY(log.out == expected);
}

void ExecContract::twoCommandsRunSideBySide() {
  const auto info = made(sandboxSpec());
  ExecRequest waiting;
  waiting.command = "cat";
  waiting.openStdin = true;
  const auto session = facade().exec().run(info.id, waiting);
  SessionLog log;
  follow(*session, log);
  QCOMPARE(exec(info.id, "echo meanwhile").out, QByteArray("meanwhile\n"));
  QCOMPARE(log.endCount, 0);
  session->closeInput();
  QVERIFY(waitFor([&] { return log.endCount == 1; }));
}

void ExecContract::aPausedSandboxRunsNothing() {
  const auto info = madePaused(sandboxSpec());
  const auto log = exec(info.id, "echo hello");
  QVERIFY(log.error);
  QCOMPARE(log.error->code, ErrorCode::NotRunning);
  QCOMPARE(stateOf(info.id), SandboxState::Paused);
}

void ExecContract::anUnknownSandboxRunsNothing() {
  const auto log = exec(sandboxId(404), "echo hello");
  QVERIFY(log.error);
  // The data plane has a name of its own for it.
  QVERIFY2(log.error->code == ErrorCode::NotFound || log.error->code == ErrorCode::RouteStale, log.error->message.c_str());
}

void ExecContract::aSessionFailsWhenItsSandboxIsDeleted() {
  const auto info = made(sandboxSpec());
  ExecRequest request;
  request.command = "echo begun; sleep 600";
  const auto session = facade().exec().run(info.id, request);
  SessionLog log;
  follow(*session, log);
  QVERIFY(waitFor([&] { return !log.out.isEmpty(); }));
  VERIFY_WENT_WELL(await(facade().sandboxes().remove(info.id)));
  QVERIFY(waitFor([&] { return log.endCount == 1; }));
  QVERIFY(log.error);
}

void ExecContract::aTerminalAnswersAndEndsWithTheCodeOfItsShell() {
  const auto info = made(sandboxSpec());
  const auto session = facade().exec().openTerminal(info.id, {});
  SessionLog log;
  follow(*session, log);
  session->write("echo ter''minal\r");
  QVERIFY(waitFor([&] { return log.out.contains("terminal\r\n"); }));
  session->resize(120, 40);
  session->write("exit 7\r");
  QVERIFY(waitFor([&] { return log.endCount == 1; }));
  QVERIFY(log.result);
  QCOMPARE(log.result->exitCode, 7);
  QCOMPARE(log.err, QByteArray());
}

}  // namespace terrarium
