// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/contract/buildscontract.h"

namespace terrarium {

void BuildsContract::aBuildLeavesARowAndALog() {
  const auto ref = TemplateRef::defaultTemplate();
  const auto before = await(facade().templates().builds(ref));
  VERIFY_WENT_WELL(before);
  const auto built = await(facade().templates().build(ref));
  VERIFY_WENT_WELL(built);
  const auto after = await(facade().templates().builds(ref));
  VERIFY_WENT_WELL(after);
  QVERIFY(!before->empty() && !after->empty());
  const auto& row = after->front();
  QVERIFY(row.id != before->front().id);
  QCOMPARE(row.id, built->latestBuildId);
  QCOMPARE(row.templateId, built->id);
  QVERIFY(row.status == BuildStatus::Ready);
  QCOMPARE(row.specHash.size(), std::size_t{64});
  QVERIFY(row.startedAt && row.finalizedAt && *row.finalizedAt >= row.createdAt);
  for (const auto& earlier : *before) QCOMPARE(earlier.specHash, row.specHash);

  const auto log = await(facade().templates().buildLog(ref, row.id, 0));
  VERIFY_WENT_WELL(log);
  QVERIFY(log->build == row);
  QVERIFY(!log->lines.empty());
  QCOMPARE(log->next, log->lines.size());
  const auto rest = await(facade().templates().buildLog(ref, row.id, 1));
  VERIFY_WENT_WELL(rest);
  QCOMPARE(rest->lines.size(), log->lines.size() - 1);
  QCOMPARE(rest->next, log->next);
}

void BuildsContract::whatIsUnknownIsNotFound() {
  const auto none = TemplateRef::parse("no-such-template").value();
  COMPARE_PROBLEM(await(facade().templates().builds(none)), ErrorCode::NotFound);
  const auto build =
      await(facade().templates().buildLog(TemplateRef::defaultTemplate(), "2f1b7a5e-0000-4000-8000-000000000000", 0));
  COMPARE_PROBLEM(build, ErrorCode::NotFound);
}

}  // namespace terrarium
