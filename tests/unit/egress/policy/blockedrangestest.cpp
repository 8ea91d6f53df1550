// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QTest>

#include "backend/egress/policy/blockedranges.h"

using namespace terrarium::egress;

class BlockedRangesTest : public QObject {
  Q_OBJECT
 private slots:
  void addressesAreBlockedByRange_data() {
    QTest::addColumn<QByteArray>("reason");  // empty: open
    const auto row = [](const char* address, const char* reason = "") { QTest::newRow(address) << QByteArray(reason); };
    row("0.0.0.0", "is this computer itself");
    row("0.255.255.255", "is this computer itself");
    row("1.0.0.0");
    row("9.255.255.255");
    row("10.0.0.5", "is private");
    row("10.255.255.255", "is private");
    row("11.0.0.0");
    row("100.63.255.255");
    row("100.64.0.0", "is shared by a provider's customers");
    row("100.127.255.255", "is shared by a provider's customers");
    row("100.100.100.200", "is a service of cloud platforms");
    row("100.128.0.0");
    row("127.0.0.1", "is this computer itself");
    row("127.255.255.254", "is this computer itself");
    row("128.0.0.1");
    row("169.253.255.255");
    row("169.254.0.1", "is link-local");
    row("169.254.169.254", "is a service of cloud platforms");
    row("169.255.0.0");
    row("172.15.255.255");
    row("172.16.0.0", "is private");
    row("172.31.255.255", "is private");
    row("172.32.0.0");
    row("192.0.0.8", "is reserved");
    row("192.0.1.0");
    row("192.0.2.1");
    row("192.88.99.1", "is reserved");
    row("192.167.255.255");
    row("192.168.0.1", "is private");
    row("192.169.0.0");
    row("198.17.255.255");
    row("198.18.0.0", "is reserved");
    row("198.19.255.255", "is reserved");
    row("198.20.0.0");
    row("198.51.100.9");
    row("203.0.113.7");
    row("223.255.255.255");
    row("224.0.0.251", "is multicast");
    row("239.255.255.255", "is multicast");
    row("240.0.0.1", "is reserved");
    row("255.255.255.255", "is reserved");
    row("168.63.129.16", "is a service of cloud platforms");
    row("168.63.129.17");
    row("93.184.0.10", "is an address of this computer");
    row("93.184.0.11");

    row("::", "is reserved");
    row("::1", "is this computer itself");
    row("::127.0.0.1", "is reserved");
    row("::8.8.8.8", "is reserved");
    row("::ffff:10.0.0.5", "stands for 10.0.0.5, which is private");
    row("::ffff:93.184.0.10", "stands for 93.184.0.10, which is an address of this computer");
    row("::ffff:8.8.8.8");
    row("64:ff9b::10.0.0.5", "stands for 10.0.0.5, which is private");
    row("64:ff9b::8.8.8.8");
    row("64:ff9b:1::8.8.8.8", "is a private translation prefix");
    row("64:ff9b:2::8.8.8.8");
    row("2002:7f00:1::", "stands for 127.0.0.1, which is this computer itself");
    row("2002:808:808::1");
    row("2001:0:808:808::f5ff:fffa", "stands for 10.0.0.5, which is private");  // Teredo with all bits turned
    row("2001:0:a00:5::f7f7:f7f7", "stands for 10.0.0.5, which is private");
    row("2001:0:808:808::f7f7:f7f7");
    row("2001:db8::1", "is reserved");
    row("2001:db9::1");
    row("fc00::1", "is private");
    row("fdff::1", "is private");
    row("fd00:ec2::254", "is a service of cloud platforms");
    row("fd20:ce::254", "is a service of cloud platforms");
    row("fe80::1", "is link-local");
    row("febf::1", "is link-local");
    row("fec0::1", "is private");
    row("ff02::fb", "is multicast");
    row("2606:4700::1111");
    row("2606:4700::2222", "is an address of this computer");
  }
  void addressesAreBlockedByRange() {
    QFETCH(QByteArray, reason);
    BlockedRanges blocked;
    blocked.setHostAddresses({*IpAddress::parse("93.184.0.10"), *IpAddress::parse("2606:4700::2222")});
    const auto address = IpAddress::parse(QTest::currentDataTag());
    QVERIFY(address);
    QCOMPARE(QByteArray::fromStdString(blocked.reason(*address).value_or("")), reason);
    QCOMPARE(IpAddress::parse(address->text()), address);
  }

  void hostAddressesAreReplaced() {
    BlockedRanges blocked;
    blocked.setHostAddresses({IpAddress::v4(0x5db8000a)});
    QVERIFY(blocked.reason(IpAddress::v4(0x5db8000a)));
    blocked.setHostAddresses({IpAddress::v4(0x5db8000b)});
    QVERIFY(!blocked.reason(IpAddress::v4(0x5db8000a)));
    QVERIFY(blocked.reason(IpAddress::v4(0x5db8000b)));
  }

  void onlyStrictSpellingsAreAddresses_data() {
    QTest::addColumn<QByteArray>("text");
    for (const auto* text : {"", "1.2.3", "01.2.3.4", "1.2.3.4 ", "0x1.2.3.4", "fe80::1%eth0", "[::1]", "1.2.3.4/32"}) {
      QTest::newRow(text) << QByteArray(text);
    }
  }
  void onlyStrictSpellingsAreAddresses() { QVERIFY(!IpAddress::parse(QTest::currentDataTag())); }
};

QTEST_GUILESS_MAIN(BlockedRangesTest)
#include "blockedrangestest.moc"
