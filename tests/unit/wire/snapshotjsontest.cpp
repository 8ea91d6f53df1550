// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QJsonDocument>
#include <QTest>

#include "backend/wire/snapshotjson.h"

using namespace terrarium;

namespace {

SnapshotInfo example() {
  SnapshotInfo info{*SnapshotId::parse("0b8f0c0e-5a3c-4f0e-9d2c-6f4d1c2b3a49"),
                    *SandboxId::parse("1b8f0c0e-5a3c-4f0e-9d2c-6f4d1c2b3a49"), *SnapshotName::parse("before"),
                    SnapshotStatus::Ready};
  info.sandboxName = "web";
  info.templateId = "2b8f0c0e-5a3c-4f0e-9d2c-6f4d1c2b3a49";
  info.templateName = "superserve/base";
  info.sizeBytes = 5'000'000'000;
  info.createdAt = WallTime(std::chrono::seconds(1'800'000'000));
  info.readyAt = WallTime(std::chrono::seconds(1'800'000'001));
  return info;
}

}  // namespace

class SnapshotJsonTest : public QObject {
  Q_OBJECT
 private slots:
  void aSnapshotComesBackAsItWas() {
    const auto info = example();
    const auto back = snapshotFromJson(QJsonDocument::fromJson(QJsonDocument(toJson(info)).toJson()).object());
    QVERIFY(back);
    QCOMPARE(*back, info);
  }

  void whatTheContractNamesIsThere() {
    const auto object = toJson(example());
    QCOMPARE(object[QLatin1String("kind")].toString(), QStringLiteral("mem+fs"));
    QCOMPARE(object[QLatin1String("resources")].toObject().keys(),
             (QStringList{QStringLiteral("disk_mib"), QStringLiteral("memory_mib"), QStringLiteral("vcpu_count")}));
  }

  void withoutIdentityOrStatusItIsNone() {
    for (const auto* member : {"id", "sandbox_id", "status"}) {
      auto object = toJson(example());
      object.remove(QLatin1String(member));
      QVERIFY2(!snapshotFromJson(object), member);
    }
  }
};

QTEST_GUILESS_MAIN(SnapshotJsonTest)
#include "snapshotjsontest.moc"
