// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QTest>

#include "backend/domain/ipv4range.h"

using namespace terrarium;

class Ipv4RangeTest : public QObject {
  Q_OBJECT
 private slots:
  void rangesAreJudged_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("inMessage");  // empty: accepted
    const auto row = [](const char* text, const char* message = "") {
      QTest::newRow(text) << QByteArray(text) << QByteArray(message);
    };
    row("0.0.0.0");
    row("255.255.255.255");
    row("0.0.0.0/0");
    row("10.0.0.0/8");
    row("1.2.3.4/32");
    row("1.2.3.4/31");
    row("1.2.3.5/31", "1.2.3.4/31");
    row("10.1.2.3/8", "10.0.0.0/8");
    row("128.0.0.0/0", "0.0.0.0/0");
    row("256.0.0.0", "not an IPv4 address");
    row("1.2.3", "not an IPv4 address");
    row("1.2.3.4.5", "not an IPv4 address");
    row("01.2.3.4", "not an IPv4 address");
    row("1..3.4", "not an IPv4 address");
    row("1.2.3.", "not an IPv4 address");
    row("1.2.3.4 ", "not an IPv4 address");
    row("+1.2.3.4", "not an IPv4 address");
    row("16909060", "not an IPv4 address");
    row("", "not an IPv4 address");
    row("1.2.3.4/33", "prefix");
    row("1.2.3.4/", "prefix");
    row("1.2.3.4/-1", "prefix");
    row("0.0.0.0/00", "prefix");
    row("1.2.3.0/24/1", "prefix");
  }
  void rangesAreJudged() {
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, inMessage);
    const auto range = Ipv4Range::parse(text.toStdString());
    QCOMPARE(range.has_value(), inMessage.isEmpty());
    if (!range) QVERIFY2(QByteArray::fromStdString(range.error().message).contains(inMessage), range.error().message.c_str());
  }

  void containsItsAddressesAndNoOthers() {
    const auto range = Ipv4Range::parse("172.16.0.0/12").value();
    QVERIFY(range.contains(0xAC100000));
    QVERIFY(range.contains(0xAC1FFFFF));
    QVERIFY(!range.contains(0xAC200000));
    QVERIFY(!range.contains(0xAC0FFFFF));
    QVERIFY(Ipv4Range::parse("0.0.0.0/0").value().contains(0xFFFFFFFF));
    QVERIFY(!Ipv4Range::parse("1.2.3.4").value().contains(0x01020305));
  }

  void addressesAreWrittenAsDottedQuads() {
    QCOMPARE(ipv4Text(0xC0A80001), std::string("192.168.0.1"));
    QCOMPARE(ipv4Text(0), std::string("0.0.0.0"));
  }
};

QTEST_GUILESS_MAIN(Ipv4RangeTest)
#include "ipv4rangetest.moc"
