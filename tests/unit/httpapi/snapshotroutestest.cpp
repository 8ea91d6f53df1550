// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

#include "tests/unit/httpapi/testserver.h"

using namespace terrarium;

/// Snapshots and forks over a raw socket; what is sent and received here is compared with the written contract as well.
class SnapshotRoutesTest : public QObject {
  Q_OBJECT
 private slots:
  void init() { server_ = std::make_unique<TestServer>(); }

  void aSnapshotIsTakenListedRenamedAndDeleted() {
    const auto made = server_->sandbox();
    const auto taken = take(made, R"({"kind":"mem+fs","name":"good"})");
    QCOMPARE(taken.status, 201);
    const auto snapshot = "/snapshots/" + taken.json()[QLatin1String("id")].toString().toLatin1();
    for (const auto& line : {"GET /sandboxes/" + made.id + "/snapshots", QByteArray("GET /local/snapshots")}) {
      const auto list = server_->control(line);
      QCOMPARE(list.status, 200);
      QCOMPARE(list.headers.value("x-total-count"), QByteArray("1"));
      QCOMPARE(QJsonDocument::fromJson(list.body).array().size(), 1);
    }
    const auto renamed = server_->control("PATCH " + snapshot, R"({"name":"better"})");
    QCOMPARE(renamed.status, 200);
    QCOMPARE(server_->control("GET " + snapshot).json()[QLatin1String("name")].toString(), QStringLiteral("better"));
    QCOMPARE(server_->control("DELETE " + snapshot).status, 204);
    QCOMPARE(server_->control("GET " + snapshot).status, 404);
  }

  void theSameKeyTakesNothingNew() {
    const auto made = server_->sandbox();
    const QByteArray body = R"({"kind":"mem+fs","idempotency_key":"once"})";
    const auto first = take(made, body);
    QCOMPARE(first.status, 201);
    const auto second = take(made, body);
    QCOMPARE(second.status, 200);
    QCOMPARE(second.json()[QLatin1String("id")], first.json()[QLatin1String("id")]);
  }

  void aSandboxStartsFromASnapshot() {
    const auto taken = take(server_->sandbox(), R"({"kind":"mem+fs"})");
    const auto id = taken.json()[QLatin1String("id")].toString().toLatin1();
    const QByteArray body = R"({"name":"two","from_snapshot":"%1"})";
    const auto made = server_->control("POST /sandboxes", QByteArray(body).replace("%1", id));
    QCOMPARE(made.status, 201);
    QCOMPARE(made.json()[QLatin1String("source_snapshot_id")].toString().toLatin1(), id);
  }

  void aForkAnswersEveryCloneWithItsOwnToken() {
    const auto made = server_->sandbox();
    const auto reply = server_->control("POST /local/sandboxes/" + made.id + "/fork", R"({"count":2,"name":"clone"})");
    QCOMPARE(reply.status, 201);
    const auto clones = QJsonDocument::fromJson(reply.body).array();
    QCOMPARE(clones.size(), 2);
    QVERIFY(clones[0].toObject()[QLatin1String("access_token")] != clones[1].toObject()[QLatin1String("access_token")]);
  }

  void badRequestsNameTheField_data() {
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("field");
    const QByteArray take("POST /sandboxes/%1/snapshot");
    const QByteArray fork("POST /local/sandboxes/%1/fork");
    QTest::newRow("kind") << take << QByteArray(R"({"kind":"disk"})") << QByteArray("kind");
    QTest::newRow("name") << take << QByteArray(R"({"kind":"mem+fs","name":""})") << QByteArray("name");
    QTest::newRow("unknown") << take << QByteArray(R"({"kind":"mem+fs","colour":"red"})") << QByteArray("colour");
    QTest::newRow("count") << fork << QByteArray(R"({"count":0})") << QByteArray("count");
    QTest::newRow("count as text") << fork << QByteArray(R"({"count":"2"})") << QByteArray("count");
  }
  void badRequestsNameTheField() {
    QFETCH(QByteArray, line);
    QFETCH(QByteArray, body);
    QFETCH(QByteArray, field);
    const auto reply = server_->control(line.replace("%1", server_->sandbox().id), body);
    QCOMPARE(reply.status, 400);
    QVERIFY2(reply.body.contains(field), reply.body.constData());
  }

 private:
  RawReply take(const TestServer::Sandbox& sandbox, const QByteArray& body) {
    return server_->control("POST /sandboxes/" + sandbox.id + "/snapshot", body);
  }

  std::unique_ptr<TestServer> server_;
};

QTEST_GUILESS_MAIN(SnapshotRoutesTest)
#include "snapshotroutestest.moc"
