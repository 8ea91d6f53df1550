// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QTest>

#include "backend/domain/sandboxinfo.h"
#include "tests/support/builders.h"

using namespace terrarium;
using namespace std::chrono_literals;

class SandboxInfoTest : public QObject {
  Q_OBJECT
 private slots:
  void theDeadlineCountsFromCreation() {
    auto info = sandboxInfo();
    QVERIFY(!info.deadline());
    info.timeout = Timeout::parse(90).value();
    QCOMPARE(info.deadline(), std::optional<WallTime>(info.createdAt + 90s));
  }

  void autoDeleteCountsOnlyWhilePaused() {
    auto info = sandboxInfo(SandboxState::Paused);
    info.autoDelete = AutoDelete::parse(10).value();
    info.pausedAt = info.createdAt + 5s;
    QCOMPARE(info.autoDeleteAt(), std::optional<WallTime>(info.createdAt + 15s));
    info.state = SandboxState::Active;
    QVERIFY(!info.autoDeleteAt());
    info.state = SandboxState::Paused;
    info.pausedAt.reset();
    QVERIFY(!info.autoDeleteAt());
  }
};

QTEST_GUILESS_MAIN(SandboxInfoTest)
#include "sandboxinfotest.moc"
