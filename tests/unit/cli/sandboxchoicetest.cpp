// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QTest>

#include "app/cli/copyplace.h"
#include "app/cli/printable.h"
#include "app/cli/sandboxchoice.h"
#include "app/cli/table.h"

using namespace terrarium;

namespace {
SandboxInfo sandbox(const char* id, const char* name) {
  return SandboxInfo{*SandboxId::parse(id), *SandboxName::parse(name), SandboxState::Active, {}, {}};
}
const std::vector<SandboxInfo> kSandboxes{
    sandbox("aaaa1111-2222-4333-8444-555555555555", "one"), sandbox("aaaa2222-2222-4333-8444-555555555555", "twin"),
    sandbox("bbbb2222-2222-4333-8444-555555555555", "twin"), sandbox("cccc2222-2222-4333-8444-555555555555", "aaaa1")};
}  // namespace

class SandboxChoiceTest : public QObject {
  Q_OBJECT

 private slots:
  void aSandboxIsMeant_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("index");
    QTest::newRow("identity") << "bbbb2222-2222-4333-8444-555555555555" << 2;
    QTest::newRow("identity of the service") << "sb-use-bbbb2222-2222-4333-8444-555555555555" << 2;
    QTest::newRow("name") << "one" << 0;
    QTest::newRow("beginning") << "bbbb" << 2;
    QTest::newRow("upper case beginning") << "AAAA2" << 1;
    QTest::newRow("a name wins over a beginning") << "aaaa1" << 3;
  }
  void aSandboxIsMeant() {
    QFETCH(QString, text);
    QFETCH(int, index);
    const auto chosen = chooseSandbox(kSandboxes, text.toStdString());
    QVERIFY(chosen);
    QCOMPARE(chosen->id.value(), kSandboxes[static_cast<std::size_t>(index)].id.value());
  }

  void severalAreListed() {
    for (const auto* text : {"twin", "aaaa"}) {
      const auto chosen = chooseSandbox(kSandboxes, text);
      QVERIFY(!chosen);
      QCOMPARE(chosen.error().code, ErrorCode::BadRequest);
      QVERIFY(QString::fromStdString(chosen.error().message).contains(QStringLiteral("aaaa2222-2222-4333-8444-555555555555")));
    }
  }

  void noneIsNotFound() {
    for (const auto* text : {"bbb", "", "dddd"}) QCOMPARE(chooseSandbox(kSandboxes, text).error().code, ErrorCode::NotFound);
  }

  void aBeginningThatIsTooShortIsExplained() {
    QVERIFY(chooseSandbox(kSandboxes, "bbb").error().message.find("4 characters or more") != std::string::npos);
    QVERIFY(chooseSandbox(kSandboxes, "dddd").error().message.find("characters") == std::string::npos);
  }

  void textOfSandboxesIsMadeHarmless() {
    QCOMPARE(printable("a\x1b[31mb\nc\x7f"), std::string("a\\x1b[31mb\\nc\\x7f"));
    QCOMPARE(printable("\xE2\x80\xAEgpj"), std::string("\\u{202e}gpj"));
    QCOMPARE(printable("\xC2\x9B"), std::string("\\x9b"));
    QCOMPARE(printable("gr\xC3\xBC\xC3\x9F"), std::string("gr\xC3\xBC\xC3\x9F"));
    QCOMPARE(printable("\xFF"), std::string("\xEF\xBF\xBD"));
  }

  void tablesAreAligned() {
    Table table({"NAME", "TAGS"});
    table.add({"a", "x"});
    table.add({"\x1b", ""});
    QCOMPARE(table.text(), std::string("NAME  TAGS\na     x\n\\x1b\n"));
  }

  void placesOfACopyAreToldApart() {
    QCOMPARE(*parseCopyPlace("box:/a/b"), (CopyPlace{"box", "/a/b"}));
    QCOMPARE(*parseCopyPlace("./box:/a"), (CopyPlace{std::nullopt, "./box:/a"}));
    QCOMPARE(*parseCopyPlace("file"), (CopyPlace{std::nullopt, "file"}));
    QVERIFY(!parseCopyPlace("box:relative"));
    QVERIFY(!parseCopyPlace("box:/a/../b"));
    QVERIFY(!isSafeFileName("..") && !isSafeFileName("a/b") && !isSafeFileName(""));
    QVERIFY(isSafeFileName("..a"));
    QCOMPARE(baseName("/a/b//"), std::string("b"));
  }
};

QTEST_GUILESS_MAIN(SandboxChoiceTest)
#include "sandboxchoicetest.moc"
