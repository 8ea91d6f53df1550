// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QAbstractItemModelTester>
#include <QTest>

#include "ui/sandboxes/sandboxfilter.h"
#include "ui/sandboxes/sandboxmodel.h"
#include "ui/sandboxes/sandboxproxy.h"

using namespace terrarium;

namespace {

constexpr auto kNow = WallTime(std::chrono::seconds(1'700'000'000));

SandboxInfo sandbox(const char* name, SandboxState state, std::int64_t ageSeconds) {
  return SandboxInfo{SandboxId::random(),
                     *SandboxName::parse(name),
                     state,
                     "t",
                     "superserve/base",
                     MachineSize::standard(),
                     kNow - std::chrono::seconds(ageSeconds)};
}

SandboxStatistics use(const SandboxInfo& info, double cpu) {
  SandboxStatistics s;
  s.id = info.id.value();
  s.cpuPercent = cpu;
  s.memoryUsedBytes = 256LL << 20;
  s.memoryTotalBytes = 1024LL << 20;
  return s;
}

/// The visible rows as text, one line each.
QStringList asText(const QAbstractItemModel& model, const QList<int>& columns) {
  QStringList lines;
  for (int row = 0; row < model.rowCount(); ++row) {
    QStringList cells;
    for (const int column : columns) cells << model.index(row, column).data().toString();
    lines << cells.join(QStringLiteral(" | "));
  }
  return lines;
}

}  // namespace

class SandboxListTest : public QObject {
  Q_OBJECT
 private slots:
  void rowsReadLikeTheEngineSaysThem();
  void statisticsOfAPausedSandboxAreNotShown();
  void changesKeepTheModelConsistent();
  void nearnessFollowsTheDeadline_data();
  void nearnessFollowsTheDeadline();
  void filterUnderstandsItsTerms_data();
  void filterUnderstandsItsTerms();
  void sortsByMeaningNotByWords();
};

void SandboxListTest::rowsReadLikeTheEngineSaysThem() {
  SandboxModel model;
  QAbstractItemModelTester tester(&model);
  model.setNow(kNow);
  SandboxInfo agent = sandbox("agent", SandboxState::Active, 300);
  agent.timeout = *Timeout::parse(3600);
  model.replaceAll({agent, sandbox("crawler", SandboxState::Paused, 86400 * 2)});
  model.addStatistics(use(agent, 41.6));
  QCOMPARE(asText(model, {SandboxModel::Name, SandboxModel::State, SandboxModel::Age, SandboxModel::Deadline, SandboxModel::Cpu}),
           (QStringList{QStringLiteral("agent | Active | 5 min | 55 min left | 42 %"),
                        QStringLiteral("crawler | Paused | 2 d | no limit | –")}));
}

void SandboxListTest::statisticsOfAPausedSandboxAreNotShown() {
  SandboxModel model;
  SandboxInfo agent = sandbox("agent", SandboxState::Active, 1);
  model.put(agent);
  model.addStatistics(use(agent, 50));
  QVERIFY(model.statistics(QString::fromStdString(agent.id.value())));
  agent.state = SandboxState::Paused;
  model.put(agent);
  QVERIFY(!model.statistics(QString::fromStdString(agent.id.value())));
  model.addStatistics(use(agent, 50));
  QCOMPARE(model.index(0, SandboxModel::Cpu).data().toString(), QStringLiteral("–"));
}

void SandboxListTest::changesKeepTheModelConsistent() {
  SandboxModel model;
  QAbstractItemModelTester tester(&model);
  SandboxProxy proxy(model);
  QAbstractItemModelTester proxyTester(&proxy);
  const SandboxInfo a = sandbox("a", SandboxState::Active, 1), b = sandbox("b", SandboxState::Paused, 2);
  model.put(a);
  model.put(b);
  proxy.setFilterText(QStringLiteral("state:paused"));
  QCOMPARE(proxy.rowCount(), 1);
  model.remove(a.id);
  model.remove(a.id);
  QCOMPARE(model.rowCount(), 1);
  model.replaceAll({a, b});
  QCOMPARE(model.rowCount(), 2);
  QCOMPARE(proxy.rowCount(), 1);
}

void SandboxListTest::nearnessFollowsTheDeadline_data() {
  QTest::addColumn<int>("age");
  QTest::addColumn<int>("nearness");
  QTest::newRow("plenty left") << 0 << 0;
  QTest::newRow("exactly a tenth") << 3240 << 0;
  QTest::newRow("less than a tenth") << 3241 << 1;
  QTest::newRow("a minute") << 3540 << 1;
  QTest::newRow("less than a minute") << 3541 << 2;
  QTest::newRow("over") << 3700 << 2;
}

void SandboxListTest::nearnessFollowsTheDeadline() {
  QFETCH(int, age);
  QFETCH(int, nearness);
  SandboxModel model;
  model.setNow(kNow);
  SandboxInfo info = sandbox("a", SandboxState::Active, age);
  info.timeout = *Timeout::parse(3600);
  model.put(info);
  QCOMPARE(model.index(0, SandboxModel::Deadline).data(SandboxModel::NearnessRole).toInt(), nearness);
}

void SandboxListTest::filterUnderstandsItsTerms_data() {
  QTest::addColumn<QString>("text");
  QTest::addColumn<bool>("matches");
  const auto row = [](const char* text, bool matches) { QTest::newRow(text) << QString::fromUtf8(text) << matches; };
  row("", true);
  row("AGENT", true);
  row("agent base", true);
  row("agent missing", false);
  row("state:active", true);
  row("state:paused", false);
  row("template:base", true);
  row("tag:team", true);
  row("tag:team=infra", true);
  row("tag:team=web", false);
  row("meta.team:infra", true);
  row("meta.team:inf", false);
  row("name:~gen", true);
  row("not state:paused", true);
  row("-state:active", false);
  row("\"agent one\"", true);
  row("\"one agent\"", false);
}

void SandboxListTest::filterUnderstandsItsTerms() {
  QFETCH(QString, text);
  QFETCH(bool, matches);
  SandboxInfo info = sandbox("agent one", SandboxState::Active, 1);
  info.metadata = *Metadata::parse({{"team", "infra"}});
  QCOMPARE(SandboxFilter::parse(text).matches(info), matches);
}

void SandboxListTest::sortsByMeaningNotByWords() {
  SandboxModel model;
  SandboxProxy proxy(model);
  SandboxInfo hour = sandbox("hour", SandboxState::Active, 0), day = sandbox("day", SandboxState::Active, 0);
  hour.timeout = *Timeout::parse(9 * 3600);
  day.timeout = *Timeout::parse(6 * 86400);
  model.setNow(kNow);
  model.replaceAll({sandbox("never", SandboxState::Active, 0), day, hour});
  proxy.sort(SandboxModel::Deadline);
  QCOMPARE(asText(proxy, {SandboxModel::Name}),
           (QStringList{QStringLiteral("hour"), QStringLiteral("day"), QStringLiteral("never")}));
}

QTEST_MAIN(SandboxListTest)
#include "sandboxlisttest.moc"
