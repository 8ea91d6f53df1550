// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QTest>

#include "backend/demo/demoshell.h"

using namespace terrarium;

namespace {

DemoShell shell(bool terminal = false) {
  DemoShell::Surroundings here{std::make_shared<DemoFileTree>("sandbox-x", 1'800'000'000), "sandbox-x", {{"NAME", "a  b"}}};
  here.terminal = terminal;
  return DemoShell(std::move(here));
}

QByteArray said(const DemoOutcome& outcome, OutputChannel channel) {
  QByteArray text;
  for (const auto& step : outcome.steps) {
    if (step.channel == channel) text += step.bytes;
  }
  return text;
}

}  // namespace

class DemoShellTest : public QObject {
  Q_OBJECT
 private slots:
  void linesAreAnswered_data() {
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<QByteArray>("out");
    QTest::addColumn<QByteArray>("err");
    QTest::addColumn<int>("exitCode");
    const auto row = [](const char* line, const char* out, const char* err = "", int exitCode = 0) {
      QTest::newRow(line) << QByteArray(line) << QByteArray(out) << QByteArray(err) << exitCode;
    };
    row("", "");
    row("  # comment", "");
    row("echo a   b", "a b\n");
    row("echo 'a   b' \"c  d\" e\\ f", "a   b c  d e f\n");
    row("echo -n x", "x");
    row("echo $NAME '$NAME' \"${NAME}!\" $NONE", "a  b $NAME a  b! \n");
    row("echo a; echo b\necho c", "a\nb\nc\n");
    row("true && echo yes || echo no", "yes\n");
    row("false && echo yes || echo no", "no\n");
    row("false; echo on", "on\n");
    row("false", "", "", 1);
    row("exit 42; echo never", "", "", 42);
    row("exit 256", "");
    row("echo a >&2", "", "a\n");
    row("nonsense", "", "sh: 1: nonsense: not found\n", 127);
    row("nonsense 2>&1", "sh: 1: nonsense: not found\n", "", 127);
    row("echo x > /tmp/f; echo y >> /tmp/f; cat /tmp/f", "x\ny\n");
    row("echo x > /dev/null", "");
    row("echo x > /proc/f", "",
        "sh: 1: cannot create /proc/f: path /proc/f is protected: choose a file outside /, /proc, /sys and /dev.\n", 2);
    row("cat /absent", "", "cat: /absent: No such file or directory\n", 1);
    row("cat /tmp", "", "cat: /tmp: Is a directory\n", 1);
    row("cd project && pwd && ls", "/home/user/project\napp.py\ndata\nrequirements.txt\n");
    row("cd ../..; pwd; cd; pwd", "/\n/home/user\n");
    row("cd /absent", "", "sh: 1: cd: can't cd to /absent\n", 2);
    row("mkdir -p /tmp/a/b; touch /tmp/a/c; ls /tmp/a; rm -r /tmp/a; ls /tmp", "b\nc\n");
    row("seq 3; seq 2 4", "1\n2\n3\n2\n3\n4\n");
    row("printf '%s-%d%%\\n' a 7", "a-7%\n");
    row("/usr/bin/whoami; hostname; uname", "user\nsandbox-x\nLinux\n");
    row("export A=1; printenv A", "1\n");
    row("bash -lc 'echo in; exit 3'", "in\n", "", 3);
    row("sh -c 'exit 3'", "", "", 3);
    row("printenv NONE", "", "", 1);
    row("echo a | cat", "", "sh: 1: the demonstration shell does not know '|'\n", 2);
    row("echo 'a", "", "sh: 1: syntax error: unterminated quoted string\n", 2);
    row("top", "", "top: failed tty get\n", 1);
  }
  void linesAreAnswered() {
    QFETCH(QByteArray, line);
    auto tried = shell();
    const auto outcome = tried.run(line.toStdString());
    QTEST(said(outcome, OutputChannel::Stdout), "out");
    QTEST(said(outcome, OutputChannel::Stderr), "err");
    QTEST(outcome.exitCode, "exitCode");
  }

  void theLastExitCodeIsRemembered() {
    auto tried = shell();
    (void)tried.run("false");
    QCOMPARE(said(tried.run("echo $?"), OutputChannel::Stdout), QByteArray("1\n"));
  }

  void aTerminalShowsFoldersInColour() {
    auto tried = shell(true);
    QVERIFY(said(tried.run("ls"), OutputChannel::Stdout).contains("\x1b[1;34mproject\x1b[0m"));
    QVERIFY(tried.prompt().find("sandbox-x") != std::string::npos);
    QCOMPARE(tried.run("top").steps.at(0).kind, DemoStep::Kind::WatchProcesses);
    QVERIFY(tried.processScreen(1) != tried.processScreen(2));
  }

  void programsRunWithoutAShell() {
    auto tried = shell();
    QCOMPARE(said(*tried.runProgram({"/bin/echo", "$NAME", "a;b"}), OutputChannel::Stdout), QByteArray("$NAME a;b\n"));
    QVERIFY(!tried.runProgram({"nonsense"}));
    QVERIFY(!tried.runProgram({}));
  }
};

QTEST_GUILESS_MAIN(DemoShellTest)
#include "demoshelltest.moc"
