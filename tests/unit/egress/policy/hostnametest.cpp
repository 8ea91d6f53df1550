// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QTest>

#include "backend/egress/policy/hostname.h"

using namespace terrarium::egress;

class HostNameTest : public QObject {
  Q_OBJECT
 private slots:
  void namesHaveOneForm_data() {
    QTest::addColumn<QByteArray>("given");
    QTest::addColumn<QByteArray>("canonical");  // empty: none
    const auto row = [](const QByteArray& given, const char* canonical = "") {
      QTest::addRow("%s", given.toPercentEncoding(".").constData()) << given << QByteArray(canonical);
    };
    row("api.test", "api.test");
    row("API.Test", "api.test");
    row("api.test.", "api.test");
    row("localhost", "localhost");
    row("xn--bcher-kva.example", "xn--bcher-kva.example");
    row("1.2.3.4.example", "1.2.3.4.example");
    row("0xample.test", "0xample.test");
    row("");
    row(".");
    row("api.test..");
    row(".api.test");
    row("api..test");
    row("-api.test");
    row("api-.test");
    row("api_x.test");
    row("api test");
    row("api.test\n");
    row("api.test ");
    row(QByteArray("api.test\0.evil.test", 19));
    row("api.test%2eevil.test");
    row("b\xc3\xbc"
        "cher.example");
    row("api\xef\xbc\x8etest");  // a full-width dot
    row("user@api.test");
    row("api.test:443");
    row("[::1]");
    row("::1");
    row("1.2.3.4");
    row("127.1");
    row("127.0.0.1.");
    row("0x7f000001");
    row("1.0x1");
    row("2130706433");
    row("017700000001");
    row(QByteArray(63, 'a') + ".test", QByteArray(QByteArray(63, 'a') + ".test").constData());
    row(QByteArray(64, 'a') + ".test");
    row(QByteArray("a.").repeated(126) + "b", QByteArray(QByteArray("a.").repeated(126) + "b").constData());
    row(QByteArray("a.").repeated(127) + "b");
  }
  void namesHaveOneForm() {
    QFETCH(QByteArray, given);
    QFETCH(QByteArray, canonical);
    const auto name = canonicalHostName(given.toStdString());
    QCOMPARE(QByteArray::fromStdString(name.value_or("")), canonical);
    QCOMPARE(name.has_value(), !canonical.isEmpty());
    if (name) QCOMPARE(canonicalHostName(*name), name);
  }
};

QTEST_GUILESS_MAIN(HostNameTest)
#include "hostnametest.moc"
