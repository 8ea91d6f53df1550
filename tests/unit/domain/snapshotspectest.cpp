// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QTest>

#include "backend/domain/snapshotinfo.h"
#include "backend/domain/snapshotspec.h"

using namespace terrarium;

class SnapshotSpecTest : public QObject {
  Q_OBJECT
 private slots:
  void requestsAreJudged_data() {
    QTest::addColumn<QByteArray>("field");
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<QString>("problem");  // empty: accepted
    const auto row = [](const char* what, const char* field, const QByteArray& value, const char* problem) {
      QTest::newRow(what) << QByteArray(field) << value << QString::fromLatin1(problem);
    };
    row("both", "kind", "mem+fs", "");
    row("disk alone", "kind", "fs", "only \"mem+fs\"");
    row("no kind", "kind", "", "only \"mem+fs\"");
    row("a name", "name", "before the upgrade", "");
    row("64 code points", "name", QByteArray("\xF0\x9F\x90\xA2").repeated(64), "");
    row("65 characters", "name", QByteArray(65, 'x'), "65 characters");
    row("empty name", "name", "", "is empty");
    row("line break", "name", "a\nb", "control character");
    row("a key", "idempotency_key", "k", "");
    row("255 bytes", "idempotency_key", QByteArray(255, 'k'), "");
    row("256 bytes", "idempotency_key", QByteArray(256, 'k'), "256 bytes");
    row("empty key", "idempotency_key", "", "is empty");
    row("no UTF-8", "idempotency_key", "\xC0\xAF", "not printable");
    row("tab", "idempotency_key", "a\tb", "not printable");
  }
  void requestsAreJudged() {
    QFETCH(QByteArray, field);
    QFETCH(QByteArray, value);
    QFETCH(QString, problem);
    SnapshotRequest request;
    auto& member = field == "kind" ? request.kind : field == "name" ? request.name : request.idempotencyKey;
    member = value.toStdString();
    const auto spec = SnapshotSpec::parse(request);
    QCOMPARE(spec.has_value(), problem.isEmpty());
    if (spec) {
      auto again = request;
      again.kind = SnapshotSpec::kKind;
      QCOMPARE(spec->toRequest(), again);
      return;
    }
    QCOMPARE(spec.error().field, field.toStdString());
    QVERIFY2(QString::fromStdString(spec.error().message).contains(problem), spec.error().message.c_str());
  }

  void nothingHasToBeSaid() {
    const auto spec = SnapshotSpec::parse({});
    QVERIFY(spec && !spec->name() && !spec->idempotencyKey());
  }

  void idsAreBareUuids() {
    QCOMPARE(SnapshotId::parse("0B8F0C0E-5A3C-4F0E-9D2C-6F4D1C2B3A49")->value(),
             std::string("0b8f0c0e-5a3c-4f0e-9d2c-6f4d1c2b3a49"));
    for (const auto* text : {"", "x", "sb-use-0b8f0c0e-5a3c-4f0e-9d2c-6f4d1c2b3a49", "../0b8f0c0e"}) {
      const auto id = SnapshotId::parse(text, "from_snapshot");
      QVERIFY(!id);
      QCOMPARE(id.error().field, std::string("from_snapshot"));
    }
  }

  void everyStatusHasItsName() {
    for (const auto status : {SnapshotStatus::Creating, SnapshotStatus::Ready, SnapshotStatus::Failed, SnapshotStatus::Deleting}) {
      QCOMPARE(snapshotStatusFromName(snapshotStatusName(status)), std::optional(status));
    }
    QVERIFY(!snapshotStatusFromName("asleep"));
  }
};

QTEST_GUILESS_MAIN(SnapshotSpecTest)
#include "snapshotspectest.moc"
