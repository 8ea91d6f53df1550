// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QTest>

#include "backend/domain/secretbindings.h"

using namespace terrarium;

namespace {

SecretBindings::Entries manyBindings(int count) {
  SecretBindings::Entries entries;
  for (int i = 0; i < count; ++i) entries["KEY" + std::to_string(i)] = "secret";
  return entries;
}

}  // namespace

Q_DECLARE_METATYPE(SecretBindings::Entries)

class SecretBindingsTest : public QObject {
  Q_OBJECT
 private slots:
  void bindingsAreJudged_data() {
    QTest::addColumn<SecretBindings::Entries>("entries");
    QTest::addColumn<QByteArray>("wrongField");
    const auto row = [](const char* name, const SecretBindings::Entries& entries, const QByteArray& field = {}) {
      QTest::newRow(name) << entries << field;
    };
    row("none", {});
    row("plain", {{"OPENAI_API_KEY", "openai-main"}, {"_x9", "_Secret_2"}});
    row("32 bindings", manyBindings(32));
    row("33 bindings", manyBindings(33), "secrets");
    row("secret name of 128 bytes", {{"A", std::string(128, 's')}});
    row("secret name of 129 bytes", {{"A", std::string(129, 's')}}, "secrets.A");
    row("secret name is empty", {{"A", ""}}, "secrets.A");
    row("secret name begins with a digit", {{"A", "9s"}}, "secrets.A");
    row("secret name begins with '-'", {{"A", "-s"}}, "secrets.A");
    row("secret name with a dot", {{"A", "a.b"}}, "secrets.A");
    row("variable is empty", {{"", "s"}}, "secrets");
    row("variable begins with a digit", {{"9A", "s"}}, "secrets.9A");
    row("variable with '-'", {{"A-B", "s"}}, "secrets.A-B");
    row("variable beyond ASCII", {{"\xC3\xA4", "s"}}, "secrets.\xC3\xA4");
  }
  void bindingsAreJudged() {
    QFETCH(SecretBindings::Entries, entries);
    QFETCH(QByteArray, wrongField);
    const auto bindings = SecretBindings::parse(entries);
    QCOMPARE(bindings ? QByteArray() : QByteArray::fromStdString(bindings.error().field), wrongField);
    if (bindings) {
      QCOMPARE(bindings->entries(), entries);
    } else {
      QVERIFY2(bindings.error().message.find("accepted") != std::string::npos ||
                   bindings.error().message.find("give") != std::string::npos,
               bindings.error().message.c_str());
    }
  }
};

QTEST_GUILESS_MAIN(SecretBindingsTest)
#include "secretbindingstest.moc"
