// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QTest>

#include "backend/egress/policy/pins.h"

using namespace terrarium::egress;
using namespace std::chrono_literals;

namespace {

const Pins::Time kStart{};
const auto kAddress = IpAddress::v4(0xcb007107);
using Names = std::vector<std::string>;

}  // namespace

class PinsTest : public QObject {
  Q_OBJECT
 private slots:
  void anAddressHasTheNamesItWasGivenFor() {
    Pins pins;
    pins.add(kAddress, "b.test", kStart);
    pins.add(kAddress, "a.test", kStart);
    pins.add(kAddress, "a.test", kStart);
    QCOMPARE(pins.namesOf(kAddress, kStart), (Names{"a.test", "b.test"}));
    QCOMPARE(pins.namesOf(IpAddress::v4(0xcb007108), kStart), Names{});
  }

  void pinsStayForAnHourAfterTheirLastUse() {
    Pins pins;
    pins.add(kAddress, "a.test", kStart);
    QCOMPARE(pins.namesOf(kAddress, kStart + 1h), Names{"a.test"});
    QCOMPARE(pins.namesOf(kAddress, kStart + 2h), Names{"a.test"});
    QCOMPARE(pins.namesOf(kAddress, kStart + 3h + 1s), Names{});
    QVERIFY(pins.saved().empty());
  }

  void theLeastRecentlyUsedPinMakesRoom() {
    Pins pins;
    for (std::uint32_t i = 0; i < Pins::kMaxAddresses; ++i)
      pins.add(IpAddress::v4(i), "a.test", kStart + std::chrono::seconds(i % 100));
    pins.add(IpAddress::v4(0), "a.test", kStart + 200s);
    pins.add(kAddress, "a.test", kStart + 200s);
    QCOMPARE(pins.saved().size(), Pins::kMaxAddresses);
    QVERIFY(!pins.namesOf(IpAddress::v4(0), kStart + 200s).empty());
    QVERIFY(pins.namesOf(IpAddress::v4(100), kStart + 200s).empty());
    QVERIFY(!pins.namesOf(kAddress, kStart + 200s).empty());
  }

  void anAddressHasABoundedNumberOfNames() {
    Pins pins;
    for (int i = 0; i < 100; ++i) pins.add(kAddress, std::to_string(i) + ".test", kStart);
    QCOMPARE(pins.namesOf(kAddress, kStart).size(), Pins::kMaxNames);
  }

  void anAliasStandsForOneName() {
    Pins pins;
    const auto first = pins.aliasOf("a.test", kStart);
    const auto second = pins.aliasOf("b.test", kStart);
    QVERIFY(first != second);
    QVERIFY(pins.aliasOf("a.test", kStart) == first);
    QVERIFY(Pins::mayBeAlias(first) && Pins::mayBeAlias(second));
    QCOMPARE(pins.namesOf(second, kStart), Names{"b.test"});
    Pins restored;
    restored.restore(pins.saved(), kStart);
    QVERIFY(restored.aliasOf("b.test", kStart) == second);
    QVERIFY(restored.aliasOf("c.test", kStart) != first);
    QVERIFY(!Pins::mayBeAlias(kAddress));
    QVERIFY(!Pins::mayBeAlias(IpAddress::v4(0xc6140000)));
  }

  void savedPinsComeBack() {
    Pins pins;
    pins.add(kAddress, "a.test", kStart);
    pins.add(kAddress, "b.test", kStart);
    Pins restored;
    restored.restore(pins.saved(), kStart + 5h);
    QCOMPARE(restored.namesOf(kAddress, kStart + 5h), (Names{"a.test", "b.test"}));
    QVERIFY(restored.saved() == pins.saved());
  }
};

QTEST_GUILESS_MAIN(PinsTest)
#include "pinstest.moc"
