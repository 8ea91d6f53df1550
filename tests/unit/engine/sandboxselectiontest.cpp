// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QTest>

#include "backend/engine/sandboxselection.h"
#include "tests/support/builders.h"

namespace terrarium {

class SandboxSelectionTest : public QObject {
  Q_OBJECT

 private slots:
  void newestFirstUnlessAskedOtherwise();
  void everyTagMustMatch();
  void namesAreFoundWhateverTheirCase();
  void aStatusIsThatOfTheWire();
  void pagesAreCutFromTheWhole();

 private:
  static std::vector<const SandboxInfo*> some() {
    static const auto kInfos = made();
    return {&kInfos[0], &kInfos[1], &kInfos[2]};
  }
  static std::vector<SandboxInfo> made() {
    std::vector<SandboxInfo> infos;
    for (int i = 1; i <= 3; ++i) {
      auto info = sandboxInfo(i == 2 ? SandboxState::Paused : SandboxState::Active, i);
      info.name = *SandboxName::parse(std::string(i == 1 ? "Über" : i == 2 ? "alpha" : "Beta"));
      info.createdAt = WallTime(std::chrono::seconds(1000 + i));
      info.metadata = *Metadata::parse({{"n", std::to_string(i)}, {"all", "yes"}});
      infos.push_back(info);
    }
    return infos;
  }
  static std::vector<std::string> names(const SandboxPage& page) {
    std::vector<std::string> found;
    for (const auto& info : page.items) found.push_back(info.name.value());
    return found;
  }
};

void SandboxSelectionTest::newestFirstUnlessAskedOtherwise() {
  QCOMPARE(names(select(some(), {})), (std::vector<std::string>{"Beta", "alpha", "Über"}));
  SandboxQuery query;
  query.ascending = true;
  QCOMPARE(names(select(some(), query)), (std::vector<std::string>{"Über", "alpha", "Beta"}));
  query.sort = SandboxSort::Name;
  QCOMPARE(names(select(some(), query)), (std::vector<std::string>{"alpha", "Beta", "Über"}));
  query.sort = SandboxSort::Status;
  QCOMPARE(names(select(some(), query)).back(), std::string("alpha"));
}

void SandboxSelectionTest::everyTagMustMatch() {
  SandboxQuery query;
  query.metadata = {{"all", "yes"}, {"n", "2"}};
  QCOMPARE(names(select(some(), query)), std::vector<std::string>{"alpha"});
  query.metadata["n"] = "4";
  QVERIFY(select(some(), query).items.empty());
}

void SandboxSelectionTest::namesAreFoundWhateverTheirCase() {
  SandboxQuery query;
  query.nameContains = "ÜB";
  QCOMPARE(names(select(some(), query)), std::vector<std::string>{"Über"});
}

void SandboxSelectionTest::aStatusIsThatOfTheWire() {
  SandboxQuery query;
  query.status = "paused";
  QCOMPARE(names(select(some(), query)), std::vector<std::string>{"alpha"});
}

void SandboxSelectionTest::pagesAreCutFromTheWhole() {
  SandboxQuery query;
  query.limit = 1;
  query.offset = 1;
  const auto page = select(some(), query);
  QCOMPARE(page.total, 3U);
  QCOMPARE(names(page), std::vector<std::string>{"alpha"});
  query.offset = 9;
  QCOMPARE(select(some(), query).total, 3U);
  QVERIFY(select(some(), query).items.empty());
  query.offset = 0;
  query.limit = 0;
  QCOMPARE(select(some(), query).items.size(), 1U);
}

}  // namespace terrarium

QTEST_GUILESS_MAIN(terrarium::SandboxSelectionTest)
#include "sandboxselectiontest.moc"
