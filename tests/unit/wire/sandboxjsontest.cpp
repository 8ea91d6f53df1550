// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

#include "backend/wire/errorjson.h"
#include "backend/wire/jsonvalues.h"
#include "backend/wire/sandboxjson.h"

using namespace terrarium;

namespace {
SandboxInfo full() {
  SandboxInfo info{*SandboxId::parse("11111111-2222-4333-8444-555555555555"), *SandboxName::parse("gr\xC3\xBC\xC3\x9F"),
                   SandboxState::Paused, "t-id", "superserve/base"};
  info.size = *MachineSize::parse(2, 2048, 8192);
  info.createdAt = WallTime(std::chrono::milliseconds(1'700'000'000'123));
  info.timeout = *Timeout::parse(60);
  info.autoDelete = *AutoDelete::parse(0);
  info.pausedAt = WallTime(std::chrono::milliseconds(1'700'000'001'000));
  info.egress = *EgressRules::parse({"api.test"}, {"10.0.0.0/8"});
  info.metadata = *Metadata::parse({{"a", "b"}});
  info.secrets = {{"KEY", "name", true}};
  info.snapshotId = "s";
  info.emulated = true;
  info.problem = "It broke.";
  return info;
}
}  // namespace

class SandboxJsonTest : public QObject {
  Q_OBJECT

 private slots:
  void everythingComesBack() {
    const auto info = sandboxFromJson(toJson(full()));
    QVERIFY(info);
    QVERIFY(*info == full());
  }

  void aListShowsTheSameWithoutSecrets() {
    auto odd = full();
    odd.problem = "a \"quoted\" \\ line\n\x01 and \xff no UTF-8";
    odd.metadata = *Metadata::parse({{"k\"ey", "línea\nzwei"}, {"empty", ""}});
    auto bare = full();
    bare.metadata = Metadata::none();
    bare.egress = EgressRules::open();
    bare.pausedAt.reset();
    bare.problem.clear();
    const std::vector<SandboxInfo> infos{full(), odd, bare};
    const auto listed = QJsonDocument::fromJson(listJson(infos)).array();
    QCOMPARE(listed.size(), 3);
    for (std::size_t i = 0; i < infos.size(); ++i) {
      auto expected = toJson(infos[i]);
      expected.remove(QStringLiteral("secrets"));
      QCOMPARE(listed.at(static_cast<qsizetype>(i)).toObject(), expected);
    }
    QCOMPARE(listJson({}), QByteArray("[]"));
  }

  void timesAreInUtcWithMilliseconds() {
    QCOMPARE(isoTime(WallTime(std::chrono::milliseconds(1'700'000'000'123))), std::string("2023-11-14T22:13:20.123Z"));
    QCOMPARE(isoTime(WallTime()), std::string("1970-01-01T00:00:00.000Z"));
    QCOMPARE(isoTime(WallTime(std::chrono::milliseconds(-1))), std::string("1969-12-31T23:59:59.999Z"));
  }

  void objectsOfOtherServersAreUnderstood() {
    const auto object =
        QJsonDocument::fromJson(R"({"id":"sb-use-11111111-2222-4333-8444-555555555555","name":"","status":"migrating",
      "metadata":{"superserve.reserved":"x","a":"b","n":1},"network":null,"auto_delete_seconds":10,
      "auto_delete_at":"2026-01-02T03:04:15Z","timeout_seconds":null})")
            .object();
    const auto info = sandboxFromJson(object);
    QVERIFY(info);
    QCOMPARE(info->state, SandboxState::Resuming);
    QCOMPARE(info->name.value(), info->id.value());
    QVERIFY(info->metadata.entries() == (Metadata::Entries{{"a", "b"}}));
    QVERIFY(!info->timeout && info->egress.isDefault());
    QVERIFY(*info->pausedAt == WallTime(std::chrono::seconds(1767323045)));
  }

  void nonsenseIsRefused() {
    QVERIFY(!sandboxFromJson({}));
    QVERIFY(!sandboxFromJson(QJsonDocument::fromJson(R"({"id":"11111111-2222-4333-8444-555555555555","status":"odd"})").object()));
  }

  void aClearedFieldIsNull() {
    PatchRequest request;
    request.timeoutSeconds = std::optional<std::int64_t>{};
    request.autoDeleteSeconds = std::optional<std::int64_t>{5};
    const auto json = QJsonDocument(toJson(*SandboxPatch::parse(request))).toJson(QJsonDocument::Compact);
    QCOMPARE(json, QByteArray(R"({"auto_delete_seconds":5,"timeout_seconds":null})"));
  }

  void errorBodiesOfEveryShapeBecomeErrors_data() {
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("message");
    QTest::newRow("object") << 409 << QByteArray(R"({"error":{"code":"conflict","message":"m"}})") << "m";
    QTest::newRow("text member") << 404 << QByteArray(R"({"error":"file not found"})") << "file not found";
    QTest::newRow("plain") << 401 << QByteArray("invalid token\n") << "invalid token";
    QTest::newRow("page") << 502 << QByteArray("<html>") << "The engine answered with HTTP status 502.";
    QTest::newRow("nothing") << 500 << QByteArray() << "The engine answered with HTTP status 500.";
  }
  void errorBodiesOfEveryShapeBecomeErrors() {
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    QFETCH(QString, message);
    QCOMPARE(QString::fromStdString(errorFromBody(status, body).message), message);
  }
};

QTEST_GUILESS_MAIN(SandboxJsonTest)
#include "sandboxjsontest.moc"
