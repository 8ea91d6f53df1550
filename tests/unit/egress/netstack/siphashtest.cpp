// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QTest>

#include "backend/egress/netstack/siphash.h"

using namespace terrarium::netstack;

class SipHashTest : public QObject {
  Q_OBJECT

 private slots:
  /// The authors' vector for the key 00 01 ... 0f and the text 00 01 ... 0f.
  void theHashIsTheOneThatWasPublished() {
    const HashKey key{0x0706050403020100, 0x0f0e0d0c0b0a0908};
    QCOMPARE(sipHash(key, 0x0706050403020100, 0x0f0e0d0c0b0a0908), std::uint64_t(0x3f2acc7f57c29bdb));
  }
};

QTEST_GUILESS_MAIN(SipHashTest)
#include "siphashtest.moc"
