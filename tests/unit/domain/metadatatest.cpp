// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include "backend/domain/metadata.h"

using namespace terrarium;

namespace {

Metadata::Entries manyKeys(int count) {
  Metadata::Entries entries;
  for (int i = 0; i < count; ++i) entries["key" + std::to_string(i)] = "v";
  return entries;
}

/// Entries whose compact JSON has exactly that size.
Metadata::Entries ofSize(std::size_t bytes) {
  Metadata::Entries entries;
  for (int i = 10; i < 17; ++i) entries["k" + std::to_string(i)] = std::string(2048, 'x');
  entries["z"] = "";
  entries["z"] = std::string(bytes - compactJsonSize(entries), 'y');
  return entries;
}

}  // namespace

Q_DECLARE_METATYPE(Metadata::Entries)

class MetadataTest : public QObject {
  Q_OBJECT
 private slots:
  void entriesAreJudged_data() {
    QTest::addColumn<Metadata::Entries>("entries");
    QTest::addColumn<QByteArray>("wrongField");  // empty: accepted
    QTest::addColumn<QByteArray>("inMessage");
    const auto good = [](const char* name, const Metadata::Entries& entries) {
      QTest::newRow(name) << entries << QByteArray() << QByteArray();
    };
    const auto bad = [](const char* name, const Metadata::Entries& entries, const QByteArray& field, const char* message) {
      QTest::newRow(name) << entries << field << QByteArray(message);
    };
    good("none", {});
    good("64 keys", manyKeys(64));
    bad("65 keys", manyKeys(65), "metadata", "at most 64");
    good("key of 256 bytes", {{std::string(256, 'k'), ""}});
    bad("key of 257 bytes", {{std::string(257, 'k'), ""}}, "metadata." + QByteArray(257, 'k'), "at most 256");
    bad("129 two-byte letters are 258 bytes", {{QByteArray("\xC3\xA4").repeated(129).toStdString(), ""}},
        "metadata." + QByteArray("\xC3\xA4").repeated(129), "258 bytes");
    good("value of 2048 bytes", {{"k", std::string(2048, 'v')}});
    bad("value of 2049 bytes", {{"k", std::string(2049, 'v')}}, "metadata.k", "at most 2048");
    bad("1025 two-byte letters are 2050 bytes", {{"k", QByteArray("\xC3\xA4").repeated(1025).toStdString()}}, "metadata.k",
        "2050 bytes");
    good("16384 bytes in total", ofSize(16384));
    bad("16385 bytes in total", ofSize(16385), "metadata", "at most 16384");
    bad("empty key", {{"", "v"}}, "metadata", "empty key");
    bad("reserved", {{"superserve.team", "v"}}, "metadata.superserve.team", "reserved");
    bad("reserved in capitals", {{"SuperServe.x", "v"}}, "metadata.SuperServe.x", "reserved");
    bad("reserved with underscore", {{"_superserve", "v"}}, "metadata._superserve", "reserved");
    bad("reserved, longer", {{"_SUPERSERVEd", "v"}}, "metadata._SUPERSERVEd", "reserved");
    good("not reserved without the dot", {{"superserve", "v"}});
    good("not reserved in the middle", {{"my.superserve.x", "v"}});
    bad("value is not UTF-8", {{"k", "\xFF"}}, "metadata.k", "UTF-8");
    good("any characters otherwise", {{"a b=c/\n", "\t\"\\"}});
  }
  void entriesAreJudged() {
    QFETCH(Metadata::Entries, entries);
    QFETCH(QByteArray, wrongField);
    QFETCH(QByteArray, inMessage);
    const auto metadata = Metadata::parse(entries);
    QCOMPARE(metadata ? QByteArray() : QByteArray::fromStdString(metadata.error().field), wrongField);
    if (metadata) {
      QCOMPARE(metadata->entries(), entries);
      QVERIFY(Metadata::problems(entries).empty());
    } else {
      QVERIFY2(QByteArray::fromStdString(metadata.error().message).contains(inMessage), metadata.error().message.c_str());
    }
  }

  void everyProblemIsReported() {
    const auto found = Metadata::problems({{"", "a"}, {"_superserve", "b"}, {"ok", "c"}, {"z", std::string(2049, 'v')}});
    QCOMPARE(found.size(), std::size_t{3});
    QCOMPARE(found[0].field, std::string("metadata"));
    QCOMPARE(found[1].field, std::string("metadata._superserve"));
    QCOMPARE(found[2].field, std::string("metadata.z"));
  }

  void theJsonSizeIsThatOfJsonStringify_data() {
    QTest::addColumn<Metadata::Entries>("entries");
    QTest::addColumn<int>("size");
    QTest::newRow("empty object") << Metadata::Entries{} << 2;
    QTest::newRow("one") << Metadata::Entries{{"a", "b"}} << 9;
    QTest::newRow("two") << Metadata::Entries{{"a", "b"}, {"c", ""}} << 16;
    QTest::newRow("short escapes") << Metadata::Entries{{"\"\\", "\b\f\n\r\t"}} << 2 + 6 + 1 + 12;
    QTest::newRow("other controls") << Metadata::Entries{{"a", std::string("\0\x01\x0B\x1F", 4)}} << 2 + 3 + 1 + 26;
    QTest::newRow("slash and DEL stay") << Metadata::Entries{{"a", "/\x7F"}} << 2 + 3 + 1 + 4;
    QTest::newRow("beyond ASCII stays") << Metadata::Entries{{"\xC3\xA4", "\xF0\x9F\x90\xA2\xE2\x80\xA8"}} << 2 + 4 + 1 + 9;
  }
  void theJsonSizeIsThatOfJsonStringify() {
    QFETCH(Metadata::Entries, entries);
    QTEST(static_cast<int>(compactJsonSize(entries)), "size");
  }

  void theJsonSizeAgreesWithAWriterOfJson() {
    QJsonObject object;
    Metadata::Entries entries;
    for (char c = 1; c > 0; ++c) {  // every ASCII character; DEL and '/' are written as they are
      const std::string key(1, c);
      entries[key] = key + "x";
      object.insert(QString::fromStdString(key), QString::fromStdString(entries[key]));
    }
    QCOMPARE(static_cast<qsizetype>(compactJsonSize(entries)), QJsonDocument(object).toJson(QJsonDocument::Compact).size());
  }

  void matchingIsExactAndOnAllKeys() {
    const auto metadata = Metadata::parse({{"team", "core"}, {"count", "42"}}).value();
    QVERIFY(metadata.matches({}));
    QVERIFY(metadata.matches({{"count", "42"}}));
    QVERIFY(metadata.matches({{"count", "42"}, {"team", "core"}}));
    QVERIFY(!metadata.matches({{"count", "42.0"}}));
    QVERIFY(!metadata.matches({{"count", "42"}, {"team", "Core"}}));
    QVERIFY(!metadata.matches({{"absent", ""}}));
  }
};

QTEST_GUILESS_MAIN(MetadataTest)
#include "metadatatest.moc"
