// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QTest>

#include "backend/demo/demoterminal.h"
#include "tests/support/builders.h"

using namespace terrarium;

/// Types into a terminal and looks at what it shows.
class DemoTerminalTest : public QObject {
  Q_OBJECT
  Events events_;
  std::unique_ptr<DemoTerminal> terminal_;
  QByteArray shown_;
  std::optional<int> exitCode_;

 private slots:
  void init() {
    DemoShell::Surroundings here{std::make_shared<DemoFileTree>("sandbox-x", 0), "sandbox-x", {}};
    here.terminal = true;
    terminal_ = std::make_unique<DemoTerminal>(sandboxId(), events_, DemoShell(std::move(here)));
    shown_.clear();
    exitCode_.reset();
    connect(terminal_.get(), &ExecSession::outputReceived, this, [this](OutputChannel, const QByteArray& bytes) {
      shown_ += bytes;
      terminal_->consumed(bytes.size());
    });
    connect(terminal_.get(), &ExecSession::finished, this, [this](const ExecResult& result) { exitCode_ = result.exitCode; });
  }
  void cleanup() { terminal_.reset(); }

  void aLineIsEchoedAndAnswered() {
    terminal_->write("echo hel");
    terminal_->write("lo\r");
    QTRY_VERIFY(shown_.contains("echo hello\r\nhello\r\n"));
  }

  void backspaceTakesAWholeCharacter() {
    terminal_->write(
        "echo a\xC3\xA4\x7f\x7f"
        "b\r");
    QTRY_VERIFY(shown_.contains("\r\nb\r\n"));
  }

  void historyComesWithTheArrows() {
    terminal_->write("echo one\recho two\r\x1b[A\x1b[A");
    terminal_->write("\r");
    QTRY_COMPARE(shown_.count("\r\none\r\n"), 2);
  }

  void interruptEndsWhatWaits() {
    terminal_->write("sleep 600\r");
    terminal_->write("\x03");
    terminal_->write("echo after\r");
    QTRY_VERIFY(shown_.contains("^C\r\n") && shown_.contains("\r\nafter\r\n"));
  }

  void topUsesTheAlternateScreenAndGivesItBack() {
    terminal_->write("top\r");
    QTRY_VERIFY(shown_.contains("\x1b[?1049h") && shown_.contains("python3"));
    QVERIFY(!shown_.contains("\x1b[?1049l"));
    terminal_->write("q");
    QTRY_VERIFY(shown_.contains("\x1b[?1049l"));
    terminal_->write("echo back\r");
    QTRY_VERIFY(shown_.contains("\r\nback\r\n"));
  }

  void endOfInputLeaves() {
    terminal_->write("\x04");
    QTRY_COMPARE(exitCode_, std::optional<int>(0));
  }

  void aHangUpEndsIt() {
    terminal_->sendSignal("SIGHUP");
    QTRY_COMPARE(exitCode_, std::optional<int>(129));
  }

  void itFailsWhenItsSandboxIsPaused() {
    std::optional<Error> error;
    connect(terminal_.get(), &ExecSession::failed, this, [&](const Error& reason) { error = reason; });
    emit events_.sandboxChanged(sandboxInfo(SandboxState::Paused, 2));
    QVERIFY(!error);
    emit events_.sandboxChanged(sandboxInfo(SandboxState::Pausing));
    QVERIFY(error);
    QCOMPARE(error->code, ErrorCode::NotRunning);
  }
};

QTEST_GUILESS_MAIN(DemoTerminalTest)
#include "demoterminaltest.moc"
