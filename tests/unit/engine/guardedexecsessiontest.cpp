// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QSignalSpy>
#include <QTest>

#include "backend/engine/guardedexecsession.h"
#include "tests/unit/engine/enginerig.h"

namespace terrarium {

namespace {

using namespace std::chrono_literals;

/// A command that does what the test says.
class StubSession : public ExecSession {
 public:
  void write(const QByteArray&) override {}
  [[nodiscard]] qint64 inputPending() const override { return 0; }
  void closeInput() override {}
  void sendSignal(const QByteArray&) override {}
  void resize(int, int) override {}
  void consumed(qint64) override {}
};

}  // namespace

/// A command whose guest has stopped answering.
class GuardedExecSessionTest : public QObject {
  Q_OBJECT

 private slots:
  void silenceEndsIt() {
    Guarded one(5ms);
    QSignalSpy failed(&one.session, &ExecSession::failed);
    QTRY_COMPARE(failed.count(), 1);
    QCOMPARE(failed.front().front().value<Error>().code, ErrorCode::TimedOut);
    emit one.inner->finished({});
    QCOMPARE(failed.count(), 1);
  }

  void outputThatNobodyReadIsNoSilence() {
    Guarded one(5ms);
    QSignalSpy failed(&one.session, &ExecSession::failed);
    emit one.inner->outputReceived(OutputChannel::Stdout, "text");
    QSignalSpy beats(one.heart(), &QTimer::timeout);
    QTRY_VERIFY(beats.count() >= 3);
    QCOMPARE(failed.count(), 0);
    one.session.consumed(4);
    QTRY_COMPARE(failed.count(), 1);
  }

  void anEndIsNoSilence() {
    Guarded one(5ms);
    QSignalSpy failed(&one.session, &ExecSession::failed);
    emit one.inner->finished({});
    QVERIFY(!one.heart()->isActive());
    QCOMPARE(failed.count(), 0);
  }

 private:
  struct Guarded {
    explicit Guarded(std::chrono::milliseconds patience)
        : session(std::unique_ptr<ExecSession>(inner), rig.lifecycle, sandboxId(), patience) {}
    [[nodiscard]] QTimer* heart() { return session.findChild<QTimer*>(); }

    struct Rig {
      CallScript script;
      FakeSandboxStore store{script};
      Events events;
      Lifecycle lifecycle{store, events};
    } rig;
    StubSession* inner = new StubSession;
    GuardedExecSession session;
  };
};

}  // namespace terrarium

QTEST_GUILESS_MAIN(terrarium::GuardedExecSessionTest)
#include "guardedexecsessiontest.moc"
