// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QTest>

#include "backend/httpapi/accesstokens.h"

using namespace terrarium;

class AccessTokensTest : public QObject {
  Q_OBJECT
 private slots:
  void aTokenIsGoodForItsSandboxUntilItExpires() {
    const AccessTokens tokens("seed");
    const auto token = tokens.issue(id_, now_);
    QVERIFY(tokens.accepts(token, id_, now_));
    QVERIFY(tokens.accepts(token, id_, now_ + AccessTokens::kLifetime - std::chrono::seconds(1)));
    QVERIFY(!tokens.accepts(token, id_, now_ + AccessTokens::kLifetime));
    QVERIFY(!tokens.accepts(token, other_, now_));
    QVERIFY(!AccessTokens("another seed").accepts(token, id_, now_));
  }
  void aNewTokenLeavesOlderOnesGood() {
    const AccessTokens tokens("seed");
    const auto first = tokens.issue(id_, now_);
    const auto second = tokens.issue(id_, now_);
    QVERIFY(first != second);
    QVERIFY(tokens.accepts(first, id_, now_) && tokens.accepts(second, id_, now_));
  }
  void aTokenHoldsOnlyCharactersThatHeadersAndSubprotocolsAllow() {
    for (const char character : AccessTokens("seed").issue(id_, now_)) QVERIFY(QByteArray("0123456789abcdef").contains(character));
  }
  void aChangeAnywhereSpoilsIt() {
    const AccessTokens tokens("seed");
    const auto token = tokens.issue(id_, now_);
    for (qsizetype i = 0; i < token.size(); ++i) {
      auto changed = token;
      changed[i] = changed.at(i) == 'f' ? 'e' : 'f';
      QVERIFY(!tokens.accepts(changed, id_, now_));
      QVERIFY(!tokens.accepts(token.left(i), id_, now_));
    }
    QVERIFY(!tokens.accepts(token + '0', id_, now_));
    QVERIFY(!tokens.accepts(token.toUpper(), id_, now_) || token == token.toUpper());
  }

 private:
  const SandboxId id_ = *SandboxId::parse("0b8f0c0e-5a3c-4f0e-9d2c-6f4d1c2b3a49");
  const SandboxId other_ = *SandboxId::parse("0b8f0c0e-5a3c-4f0e-9d2c-6f4d1c2b3a48");
  const WallTime now_ = WallTime(std::chrono::seconds(1'800'000'000));
};

QTEST_APPLESS_MAIN(AccessTokensTest)
#include "accesstokenstest.moc"
