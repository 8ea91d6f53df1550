// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QTest>

#include "backend/egress/proxy/nameresolver.h"

using namespace terrarium::egress;
using namespace std::chrono_literals;

namespace {

const NameResolver::Time kStart{};
const std::vector<IpAddress> kAddresses{IpAddress::v4(0xcb007107)};

}  // namespace

class NameResolverTest : public QObject {
  Q_OBJECT
 private slots:
  void init() {
    asked.clear();
    heard.clear();
    resolver = NameResolver([this](const ResolveName& question) { asked.push_back(question); });
  }

  void aNameIsAskedOnceAtATime() {
    resolve("a.test", kStart);
    resolve("a.test", kStart);
    resolve("b.test", kStart);
    QCOMPARE(asked.size(), std::size_t{2});
    resolver.answered({asked[0].id, ResolveOutcome::Found, kAddresses}, kStart);
    QCOMPARE(heard, (std::vector<std::string>{"a.test 1", "a.test 1"}));
    QVERIFY(!resolver.isIdle());
  }

  void answersAreKeptForHalfAMinute() {
    resolve("a.test", kStart);
    resolver.answered({asked[0].id, ResolveOutcome::Found, kAddresses}, kStart);
    resolve("a.test", kStart + 29s);
    QCOMPARE(asked.size(), std::size_t{1});
    QCOMPARE(heard.size(), std::size_t{2});
    resolve("a.test", kStart + 30s);
    QCOMPARE(asked.size(), std::size_t{2});
  }

  void absenceIsKeptShorterAndFailureNotAtAll() {
    resolve("a.test", kStart);
    resolver.answered({asked[0].id, ResolveOutcome::NoSuchName, {}}, kStart);
    resolve("a.test", kStart + 4s);
    QCOMPARE(asked.size(), std::size_t{1});
    resolve("a.test", kStart + 5s);
    QCOMPARE(asked.size(), std::size_t{2});
    resolver.answered({asked[1].id, ResolveOutcome::Failed, {}}, kStart + 5s);
    resolve("a.test", kStart + 5s);
    QCOMPARE(asked.size(), std::size_t{3});
  }

  void whoDoesNotAnswerHasFailed() {
    resolve("a.test", kStart);
    resolver.tick(kStart + 4s);
    QVERIFY(heard.empty());
    resolver.tick(kStart + 5s);
    QCOMPARE(heard, (std::vector<std::string>{"a.test 3"}));
    resolver.answered({asked[0].id, ResolveOutcome::Found, kAddresses}, kStart + 6s);
    QCOMPARE(heard.size(), std::size_t{1});
    QVERIFY(resolver.isIdle());
  }

  void answersToNothingAreIgnored() {
    resolver.answered({77, ResolveOutcome::Found, kAddresses}, kStart);
    resolve("a.test", kStart);
    QCOMPARE(asked.size(), std::size_t{1});
  }

  void questionsAreBounded() {
    for (int i = 0; i < 100; ++i) resolve(std::to_string(i) + ".test", kStart);
    QCOMPARE(asked.size(), kMaxResolving);
    QCOMPARE(heard.size(), 100 - kMaxResolving);
    QCOMPARE(heard.front(), std::string("64.test 3"));
  }

  void whatIsKeptIsBounded() {
    for (int i = 0; i < 3000; ++i) {
      resolve(std::to_string(i) + ".test", kStart);
      resolver.answered({asked.back().id, ResolveOutcome::Found, kAddresses}, kStart);
    }
    const auto before = asked.size();
    resolve("0.test", kStart);
    QCOMPARE(asked.size(), before + 1);
  }

 private:
  void resolve(const std::string& name, NameResolver::Time now) {
    resolver.resolve(name, now, [this, name](const Resolution& resolution) {
      heard.push_back(name + " " + std::to_string(static_cast<int>(resolution.outcome)));
    });
  }
  std::vector<ResolveName> asked;
  std::vector<std::string> heard;
  NameResolver resolver{nullptr};
};

QTEST_GUILESS_MAIN(NameResolverTest)
#include "nameresolvertest.moc"
