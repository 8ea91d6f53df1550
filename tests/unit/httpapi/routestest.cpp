// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QJsonArray>

#include "tests/unit/httpapi/testserver.h"

using namespace terrarium;

class RoutesTest : public QObject {
  Q_OBJECT
 private slots:
  void init() { server_ = std::make_unique<TestServer>(); }
  void cleanup() { server_.reset(); }

  void healthNeedsNoKey() {
    const auto reply = server_->send(TestServer::request("GET /health", {}));
    QCOMPARE(reply.status, 200);
    QCOMPARE(reply.body, QByteArray(R"({"status":"ok","version":"1.2.3"})"));
    QCOMPARE(reply.headers.value("x-content-type-options"), QByteArray("nosniff"));
    QCOMPARE(reply.headers.value("x-frame-options"), QByteArray("DENY"));
  }

  void theControlPlaneNeedsTheKey_data() {
    QTest::addColumn<QByteArray>("line");
    for (const auto* line : {"POST /sandboxes",
                             "GET /sandboxes",
                             "GET /sandboxes/x",
                             "PATCH /sandboxes/x",
                             "DELETE /sandboxes/x",
                             "POST /sandboxes/x/pause",
                             "POST /sandboxes/x/resume",
                             "POST /sandboxes/x/activate",
                             "POST /sandboxes/x/exec",
                             "POST /sandboxes/x/exec/stream",
                             "GET /sandboxes/x/files",
                             "POST /sandboxes/x/snapshot",
                             "GET /sandboxes/x/snapshots",
                             "GET /snapshots/x",
                             "PATCH /snapshots/x",
                             "DELETE /snapshots/x",
                             "GET /local/snapshots",
                             "POST /local/sandboxes/x/fork",
                             "GET /templates",
                             "GET /templates/x",
                             "POST /local/templates/x/build",
                             "DELETE /local/templates/x/build",
                             "GET /templates/x/builds",
                             "POST /templates/x/builds",
                             "GET /templates/x/builds/y",
                             "DELETE /templates/x/builds/y",
                             "GET /templates/x/builds/y/logs",
                             "GET /activity",
                             "GET /local/host",
                             "GET /local/events",
                             "DELETE /local/operations/x"}) {
      QTest::newRow(line) << QByteArray(line);
    }
  }
  void theControlPlaneNeedsTheKey() {
    QFETCH(QByteArray, line);
    for (const QByteArray headers : {"", "X-API-Key: \r\n", "X-API-Key: wrong\r\n", "X-API-Key: ss_live_tesT\r\n"}) {
      const auto reply = server_->send(TestServer::request(line, headers));
      QCOMPARE(reply.status, 401);
      QCOMPARE(reply.errorCode(), QStringLiteral("auth_failed"));
      QCOMPARE(reply.errorMessage(), QStringLiteral("Invalid or missing X-API-Key header."));
    }
  }

  void theDataPlaneNeedsIdAndToken_data() {
    QTest::addColumn<QByteArray>("line");
    for (const auto* line :
         {"POST /exec", "POST /exec/stream", "GET /exec/connect", "GET /terminal", "GET /files?path=/a", "POST /files?path=/a"}) {
      QTest::newRow(line) << QByteArray(line);
    }
  }
  void theDataPlaneNeedsIdAndToken() {
    QFETCH(QByteArray, line);
    const auto made = server_->sandbox();
    QCOMPARE(server_->send(TestServer::request(line, {})).status, 400);
    QCOMPARE(server_->send(TestServer::request(line, "X-Superserve-Sandbox-Id: nonsense\r\n")).status, 400);
    const auto missing = server_->send(TestServer::request(line, "X-Superserve-Sandbox-Id: " + made.id + "\r\n"));
    QCOMPARE(missing.status, 401);
    QCOMPARE(missing.errorMessage(), QStringLiteral("missing X-Access-Token header"));
    const auto wrong = server_->data({made.id, QByteArray(96, '0')}, line);
    QCOMPARE(wrong.status, 401);
    QCOMPARE(wrong.errorMessage(), QStringLiteral("invalid access token"));
    // The API key is no access token.
    QCOMPARE(server_->data({made.id, kTestKey}, line).status, 401);
  }

  void aSandboxLives() {
    const auto made = server_->control(
        "POST /sandboxes", R"({"name":"one","metadata":{"a":"1"},"timeout_seconds":3600,"network":{"allow_out":["1.2.3.4"]}})");
    QCOMPARE(made.status, 201);
    const auto object = made.json();
    QCOMPARE(object[QLatin1String("status")].toString(), QStringLiteral("active"));
    QVERIFY(!object[QLatin1String("access_token")].toString().isEmpty());
    QVERIFY(object[QLatin1String("secrets")].isArray());
    QCOMPARE(object[QLatin1String("timeout_seconds")].toInt(), 3600);
    QCOMPARE(object[QLatin1String("metadata")][QLatin1String("a")].toString(), QStringLiteral("1"));
    QCOMPARE(object[QLatin1String("network")][QLatin1String("allow_out")].toArray().size(), 1);
    const auto path = "/sandboxes/" + object[QLatin1String("id")].toString().toLatin1();

    QCOMPARE(server_->control("GET " + path).status, 200);
    QCOMPARE(server_->control("GET /sandboxes/sb-use-" + path.mid(11)).status, 200);
    QCOMPARE(server_->control("PATCH " + path, R"({"metadata":{"b":"2"}})").status, 204);
    QCOMPARE(server_->control("PATCH " + path, R"({"timeout_seconds":null})").status, 204);
    const auto changed = server_->control("GET /" + path).json();
    QVERIFY(!changed.contains(QLatin1String("timeout_seconds")));
    QCOMPARE(changed[QLatin1String("metadata")].toObject().keys(), QStringList{QStringLiteral("b")});

    QCOMPARE(server_->control("POST " + path + "/pause").status, 204);
    const auto again = server_->control("POST " + path + "/pause");
    QCOMPARE(again.status, 409);
    QCOMPARE(again.errorCode(), QStringLiteral("conflict"));
    const auto resumed = server_->control("POST " + path + "/resume");
    QCOMPARE(resumed.status, 200);
    QCOMPARE(resumed.json().keys(), (QStringList{QStringLiteral("access_token"), QStringLiteral("id"), QStringLiteral("status")}));
    QCOMPARE(server_->control("POST " + path + "/resume").status, 409);
    QCOMPARE(server_->control("POST " + path + "/activate").status, 200);
    QCOMPARE(server_->control("DELETE " + path).status, 204);
    for (const QByteArray& line : {"GET " + path, "DELETE " + path, "POST " + path + "/pause", "POST " + path + "/activate"}) {
      const auto gone = server_->control(line);
      QCOMPARE(gone.status, 404);
      QCOMPARE(gone.errorCode(), QStringLiteral("not_found"));
    }
  }

  void aPauseNeedNotBeWaitedFor() {
    const auto made = server_->sandbox();
    const auto reply = server_->control("POST /sandboxes/" + made.id + "/pause", {}, "Prefer: respond-async\r\n");
    QVERIFY(reply.status == 204 || reply.status == 202);
    QTRY_COMPARE(server_->control("GET /sandboxes/" + made.id).json()[QLatin1String("status")].toString(),
                 QStringLiteral("paused"));
    QCOMPARE(server_->control("POST /sandboxes/" + made.id + "/pause", {}, "Prefer: respond-async\r\n").status, 409);
  }

  void theListHoldsNoSecretsAndTellsItsLength() {
    for (const QByteArray name : {"one", "two", "three"})
      (void)server_->sandbox("{\"name\":\"" + name + "\",\"metadata\":{\"n\":\"" + name + "\"}}");
    const auto all = server_->control("GET /sandboxes?limit=2");
    QCOMPARE(all.status, 200);
    QCOMPARE(all.headers.value("x-total-count"), QByteArray("3"));
    const auto items = QJsonDocument::fromJson(all.body).array();
    QCOMPARE(items.size(), 2);
    for (const auto& item : items) {
      QVERIFY(!item.toObject().contains(QLatin1String("access_token")));
      QVERIFY(!item.toObject().contains(QLatin1String("secrets")));
    }
    const auto some = server_->control("GET /sandboxes?metadata.n=two");
    QCOMPARE(QJsonDocument::fromJson(some.body).array().size(), 1);
  }

  void aListQueryIsChecked_data() {
    QTest::addColumn<QByteArray>("query");
    QTest::newRow("a key twice") << QByteArray("metadata.a=1&metadata.a=2");
    QTest::newRow("a key twice, spelt differently") << QByteArray("metadata.a=1&metadata.%61=1");
    QTest::newRow("status") << QByteArray("status=sleepy");
    QTest::newRow("sort") << QByteArray("sort=size");
    QTest::newRow("order") << QByteArray("order=up");
    QTest::newRow("limit") << QByteArray("limit=0");
    QTest::newRow("limit, no number") << QByteArray("limit=1.5");
    QTest::newRow("offset") << QByteArray("offset=-1");
    QTest::newRow("broken escape") << QByteArray("q=%2");
    QTest::newRow("no UTF-8") << QByteArray("q=%ff");
  }
  void aListQueryIsChecked() {
    QFETCH(QByteArray, query);
    const auto reply = server_->control("GET /sandboxes?" + query);
    QCOMPARE(reply.status, 400);
    QCOMPARE(reply.errorCode(), QStringLiteral("bad_request"));
  }

  void theActivityLogIsListed() {
    const auto made = server_->sandbox();
    QCOMPARE(server_->control("POST /sandboxes/" + made.id + "/pause").status, 204);
    const auto all = server_->control("GET /activity?sandbox_id=sb-local-" + made.id + "&limit=1");
    QCOMPARE(all.status, 200);
    QCOMPARE(all.headers.value("x-total-count"), QByteArray("2"));
    const auto entry = QJsonDocument::fromJson(all.body).array().first().toObject();
    QCOMPARE(entry[QLatin1String("category")].toString(), QStringLiteral("sandbox"));
    QCOMPARE(entry[QLatin1String("action")].toString(), QStringLiteral("paused"));
    QCOMPARE(entry[QLatin1String("status")].toString(), QStringLiteral("success"));
    QCOMPARE(server_->control("GET /activity?start=2026-01-02T03:04:05Z&end=2026-01-02T03:04:06.5%2B01:00").body, QByteArray("[]"));
  }

  void anActivityQueryIsChecked_data() {
    QTest::addColumn<QByteArray>("query");
    QTest::newRow("category") << QByteArray("category=weather");
    QTest::newRow("empty category") << QByteArray("category=");
    QTest::newRow("status") << QByteArray("status=active");
    QTest::newRow("sandbox") << QByteArray("sandbox_id=one");
    QTest::newRow("time") << QByteArray("start=yesterday");
    QTest::newRow("time without a zone") << QByteArray("end=2026-01-02T03:04:05");
    QTest::newRow("limit") << QByteArray("limit=0");
    QTest::newRow("offset") << QByteArray("offset=x");
  }
  void anActivityQueryIsChecked() {
    QFETCH(QByteArray, query);
    const auto reply = server_->control("GET /activity?" + query);
    QCOMPARE(reply.status, 400);
    QVERIFY(reply.json()[QLatin1String("error")][QLatin1String("field")].toString().size() > 0);
  }

  void otherPathsAndMethodsAreRefused() {
    const auto nothing = server_->control("GET /nothing");
    QCOMPARE(nothing.status, 404);
    QCOMPARE(nothing.errorCode(), QStringLiteral("not_found"));
    const auto wrong = server_->control("PUT /sandboxes");
    QCOMPARE(wrong.status, 405);
    QCOMPARE(wrong.headers.value("allow"), QByteArray("POST, GET"));
    QCOMPARE(server_->control("GET /sandboxes/not-an-id").status, 400);
    QCOMPARE(server_->control("GET //sandboxes").status, 200);
    QCOMPARE(server_->control("POST /sandboxes", R"({"name":"x","from_template":"no-such"})").status, 404);
    const auto secret = server_->control("POST /sandboxes", R"({"name":"x","secrets":{"A":"b"}})");
    QCOMPARE(secret.status, 400);
    QCOMPARE(secret.errorCode(), QStringLiteral("secret_not_found"));
  }

  void commandsRunOnBothPlanes() {
    const auto made = server_->sandbox();
    const auto result = server_->data(made, "POST /exec", R"({"command":"echo out; echo err >&2; exit 42"})");
    QCOMPARE(result.status, 200);
    QCOMPARE(result.json()[QLatin1String("stdout")].toString(), QStringLiteral("out\n"));
    QCOMPARE(result.json()[QLatin1String("stderr")].toString(), QStringLiteral("err\n"));
    QCOMPARE(result.json()[QLatin1String("exit_code")].toInt(), 42);
    QVERIFY(result.headers.contains("x-boxd-run-ms"));
    QCOMPARE(
        server_->data(made, "POST /exec", R"({"command":"sleep 60","timeout_s":1})").json()[QLatin1String("exit_code")].toInt(),
        124);
    QCOMPARE(server_->data(made, "POST /exec", "{}").errorMessage(), QStringLiteral("command is required"));

    QCOMPARE(server_->control("POST /sandboxes/" + made.id + "/pause").status, 204);
    const auto paused = server_->data(made, "POST /exec", R"({"command":"true"})");
    QCOMPARE(paused.status, 503);
    QCOMPARE(paused.errorCode(), QStringLiteral("sandbox_unavailable"));
    QCOMPARE(paused.errorMessage(), QStringLiteral("sandbox is paused"));
    QCOMPARE(server_->data(made, "GET /files?path=/tmp/a").errorCode(), QStringLiteral("sandbox_unavailable"));
    const auto woken = server_->control("POST /sandboxes/" + made.id + "/exec", R"({"command":"echo awake"})");
    QCOMPARE(woken.json()[QLatin1String("stdout")].toString(), QStringLiteral("awake\n"));

    QCOMPARE(server_->control("DELETE /sandboxes/" + made.id).status, 204);
    const auto deleted = server_->data(made, "POST /exec", R"({"command":"true"})");
    QCOMPARE(deleted.status, 404);
    QCOMPARE(deleted.errorCode(), QStringLiteral("sandbox_route_stale"));
  }

  void aCreateIsCancelled() {
    const TestServer slow({}, std::chrono::seconds(1));
    const QByteArray operation = "2f1b7a5e-0000-4000-8000-000000000000";
    RawConnection connection(slow.port());
    connection.send(TestServer::request("POST /sandboxes", TestServer::key() + "X-Terrarium-Operation: " + operation + "\r\n",
                                        R"({"name":"one"})"));
    QTRY_COMPARE(QJsonDocument::fromJson(slow.control("GET /sandboxes").body).array().size(), 1);
    QCOMPARE(slow.control("DELETE /local/operations/" + operation).status, 204);
    const auto cancelled = connection.reply();
    QCOMPARE(cancelled.status, 409);
    QCOMPARE(cancelled.errorCode(), QStringLiteral("cancelled"));
    QCOMPARE(slow.control("GET /sandboxes").body, QByteArray("[]"));
  }

  void aStreamWakesASandbox() {
    const auto made = server_->sandbox();
    QCOMPARE(server_->control("POST /sandboxes/" + made.id + "/pause").status, 204);
    const auto reply = server_->control("POST /sandboxes/" + made.id + "/exec/stream", R"({"command":"echo awake"})");
    QCOMPARE(reply.status, 200);
    QVERIFY(reply.body.contains(R"("stdout":"awake\n")"));
    QCOMPARE(server_->control("POST /sandboxes/" + made.id + "/exec/stream", R"({"command":""})").status, 400);
  }

  void templatesAreListedAndFoundByName() {
    const auto list = server_->control("GET /templates?name_prefix=superserve/b");
    QCOMPARE(QJsonDocument::fromJson(list.body).array().size(), 1);
    const auto one = server_->control("GET /templates/superserve%2Fbase");
    QCOMPARE(one.status, 200);
    QVERIFY(!one.json()[QLatin1String("team_id")].toString().isEmpty());
    QCOMPARE(server_->control("GET /templates/" + one.json()[QLatin1String("id")].toString().toLatin1()).status, 200);
    QCOMPARE(server_->control("GET /templates/unknown").status, 404);
    QCOMPARE(server_->control("DELETE /local/templates/superserve%2Fbase/build").status, 204);
    QCOMPARE(server_->control("GET /local/host").status, 200);
    QCOMPARE(server_->control("DELETE /local/operations/2f1b7a5e-0000-4000-8000-000000000000").status, 404);
  }

  void templatesAreFiltered_data() {
    QTest::addColumn<QByteArray>("query");
    QTest::addColumn<QString>("wanted");  // names of the page, or the field that is wrong
    QTest::addColumn<int>("total");       // 0: refused
    QTest::newRow("part of a name") << QByteArray("q=PYTHON") << QStringLiteral("my-python-env superserve/python-3.11") << 2;
    QTest::newRow("own ones") << QByteArray("owner=team") << QStringLiteral("agent-tools my-python-env") << 2;
    QTest::newRow("page") << QByteArray("owner=system&order=desc&limit=1&offset=1") << QStringLiteral("superserve/node-22") << 3;
    QTest::newRow("size") << QByteArray("owner=system&sort=size")
                          << QStringLiteral("superserve/node-22 superserve/python-3.11 superserve/base") << 3;
    QTest::newRow("status") << QByteArray("sort=status&order=asc&limit=1") << QStringLiteral("agent-tools") << 5;
    QTest::newRow("beyond") << QByteArray("offset=10") << QString() << 5;
    QTest::newRow("unknown owner") << QByteArray("owner=me") << QStringLiteral("owner") << 0;
    QTest::newRow("unknown sort") << QByteArray("sort=colour") << QStringLiteral("sort") << 0;
    QTest::newRow("unknown order") << QByteArray("order=up") << QStringLiteral("order") << 0;
    QTest::newRow("limit") << QByteArray("limit=0") << QStringLiteral("limit") << 0;
  }
  void templatesAreFiltered() {
    QFETCH(QByteArray, query);
    QFETCH(QString, wanted);
    QFETCH(int, total);
    const auto reply = server_->control("GET /templates?" + query);
    if (total == 0) {
      QCOMPARE(reply.status, 400);
      QCOMPARE(reply.json()[QLatin1String("error")][QLatin1String("field")].toString(), wanted);
      return;
    }
    QStringList names;
    for (const auto& item : QJsonDocument::fromJson(reply.body).array()) names << item[QLatin1String("name")].toString();
    QCOMPARE(names.join(QLatin1Char(' ')), wanted);
    QCOMPARE(reply.headers.value("x-total-count").toInt(), total);
  }

  void aBuildIsStartedAndItsLogFollowed() {
    const QByteArray builds = "/templates/superserve%2Fbase/builds";
    const auto before = QJsonDocument::fromJson(server_->control("GET " + builds).body).array();
    QCOMPARE(before.size(), 1);  // the last one before the engine's start
    QCOMPARE(before.first()[QLatin1String("status")].toString(), QStringLiteral("ready"));
    const auto started = server_->control("POST " + builds);
    QCOMPARE(started.status, 201);
    const auto id = started.json()[QLatin1String("id")].toString().toLatin1();
    QCOMPARE(started.json()[QLatin1String("build_spec_hash")], before.first()[QLatin1String("build_spec_hash")]);
    const auto log = server_->control("GET " + builds + '/' + id + "/logs");
    QCOMPARE(log.headers.value("content-type"), QByteArray("text/event-stream"));
    const auto events = log.body.trimmed().split('\n');
    const auto last = QJsonDocument::fromJson(events.last().mid(6)).object();
    QCOMPARE(last[QLatin1String("finished")].toBool(), true);
    QCOMPARE(last[QLatin1String("status")].toString(), QStringLiteral("ready"));
    QVERIFY(log.body.contains(R"("stream":"system","text":"Booting the machine")"));
    QVERIFY(log.body.contains(R"("stream":"stdout","text":"Step 3/5")"));
    // The same again, because it is kept.
    QCOMPARE(server_->control("GET " + builds + '/' + id + "/logs?follow=false").body, log.body);
    QCOMPARE(server_->control("GET " + builds + '/' + id).json()[QLatin1String("status")].toString(), QStringLiteral("ready"));
    QCOMPARE(server_->control("DELETE " + builds + '/' + id).status, 204);
    QCOMPARE(QJsonDocument::fromJson(server_->control("GET " + builds + "?limit=1").body).array().size(), 1);
    QCOMPARE(server_->control("GET " + builds + "?limit=x").status, 400);
    QCOMPARE(server_->control("GET " + builds + "/2f1b7a5e-0000-4000-8000-000000000000").status, 404);
    QCOMPARE(server_->control("GET /templates/none/builds").status, 404);
    QCOMPARE(server_->control("POST /templates/none/builds").status, 404);
  }

  void aBuildIsJoinedAndCancelled() {
    const TestServer slow({}, std::chrono::seconds(1));
    const QByteArray builds = "/templates/superserve%2Fbase/builds";
    const auto first = slow.control("POST " + builds);
    QCOMPARE(first.status, 201);
    const auto second = slow.control("POST " + builds);
    QCOMPARE(second.status, 200);
    QCOMPARE(second.json()[QLatin1String("id")], first.json()[QLatin1String("id")]);
    const auto path = builds + '/' + first.json()[QLatin1String("id")].toString().toLatin1();
    QCOMPARE(slow.control("DELETE " + path).status, 204);
    QCOMPARE(slow.control("GET " + path).json()[QLatin1String("status")].toString(), QStringLiteral("cancelled"));
    QVERIFY(slow.control("GET " + path + "/logs").body.contains(R"("finished":true,"status":"cancelled")"));
  }

  void hostAndOriginHaveToBeLocal_data() {
    QTest::addColumn<QByteArray>("headers");
    QTest::addColumn<int>("status");
    QTest::newRow("address") << QByteArray("Host: 127.0.0.1:1234\r\n") << 200;
    QTest::newRow("IPv6") << QByteArray("Host: [::1]:1234\r\n") << 200;
    QTest::newRow("localhost") << QByteArray("Host: LocalHost\r\n") << 200;
    QTest::newRow("below localhost") << QByteArray("Host: a.localhost:1\r\n") << 200;
    QTest::newRow("a label of the data plane")
        << QByteArray("Host: boxd-2f1b7a5e-0000-4000-8000-000000000000.localhost\r\n") << 403;
    QTest::newRow("the same elsewhere") << QByteArray("Host: boxd-2f1b7a5e-0000-4000-8000-000000000000.evil.example\r\n") << 403;
    QTest::newRow("another name") << QByteArray("Host: evil.example\r\n") << 403;
    QTest::newRow("looks local") << QByteArray("Host: 127.0.0.1.evil.example\r\n") << 403;
    QTest::newRow("broken") << QByteArray("Host: [::1\r\n") << 403;
    QTest::newRow("local page") << QByteArray("Host: localhost\r\nOrigin: http://localhost:3000\r\n") << 200;
    QTest::newRow("page of another site") << QByteArray("Host: localhost\r\nOrigin: https://evil.example\r\n") << 403;
    QTest::newRow("page without an origin") << QByteArray("Host: localhost\r\nOrigin: null\r\n") << 403;
  }
  void hostAndOriginHaveToBeLocal() {
    QFETCH(QByteArray, headers);
    QFETCH(int, status);
    QCOMPARE(server_->send("GET /sandboxes HTTP/1.1\r\n" + headers + TestServer::key() + "\r\n").status, status);
  }

  void aHostLabelNamesTheSandbox_data() {
    QTest::addColumn<QByteArray>("host");
    QTest::addColumn<int>("status");
    QTest::newRow("localhost") << QByteArray("boxd-ID.localhost:1234") << 200;
    QTest::newRow("upper case") << QByteArray("BOXD-ID.localhost") << 200;
    QTest::newRow("of the official SDK") << QByteArray("boxd-ID.sandbox.superserve.ai") << 200;
    QTest::newRow("public form") << QByteArray("boxd-sb-use-ID.localhost") << 200;
    QTest::newRow("label alone") << QByteArray("boxd-ID") << 200;
    QTest::newRow("no id") << QByteArray("boxd-x.localhost") << 400;
    QTest::newRow("no id elsewhere") << QByteArray("boxd-x.evil.example") << 403;
    QTest::newRow("label inside") << QByteArray("a.boxd-ID.localhost") << 400;
  }
  void aHostLabelNamesTheSandbox() {
    QFETCH(QByteArray, host);
    QFETCH(int, status);
    const auto made = server_->sandbox();
    const auto reply = server_->send("POST /exec HTTP/1.1\r\nHost: " + host.replace("ID", made.id) +
                                     "\r\nX-Access-Token: " + made.token + "\r\nContent-Length: 18\r\n\r\n{\"command\":\"true\"}");
    QCOMPARE(reply.status, status);
  }

  void theDataPlaneHasALimitOfItsOwn() {
    HttpConfig config;
    config.requestsPerSecond = 1;
    config.requestBurst = 2;
    const TestServer slow(config);
    const auto made = slow.sandbox();
    QCOMPARE(slow.control("GET /local/host").status, 200);
    QCOMPARE(slow.data(made, "GET /files?path=/tmp&format=json").status, 200);
    QCOMPARE(slow.data(made, "GET /files?path=/tmp&format=json").headers.value("ratelimit-remaining"), QByteArray("0"));
    const auto refused = slow.data(made, "GET /files?path=/tmp&format=json");
    QCOMPARE(refused.status, 429);
    QCOMPARE(refused.errorCode(), QStringLiteral("rate_limited"));
  }

  void theRateIsLimited() {
    HttpConfig config;
    config.requestsPerSecond = 1;
    config.requestBurst = 2;
    const TestServer slow(config);
    const auto first = slow.control("GET /local/host");
    QCOMPARE(first.status, 200);
    QCOMPARE(first.headers.value("ratelimit-limit"), QByteArray("2"));
    QCOMPARE(first.headers.value("ratelimit-remaining"), QByteArray("1"));
    QCOMPARE(slow.control("GET /local/host").status, 200);
    const auto refused = slow.control("GET /local/host");
    QCOMPARE(refused.status, 429);
    QCOMPARE(refused.errorCode(), QStringLiteral("rate_limited"));
    QCOMPARE(refused.headers.value("retry-after"), QByteArray("1"));
    QCOMPARE(slow.send(TestServer::request("GET /health", {})).status, 200);
  }

 private:
  std::unique_ptr<TestServer> server_;

  void snapshotsAndForksAreReachable() {
    const auto box = server_->sandbox();
    const QByteArray path = "/sandboxes/" + box.id;
    const auto taken = server_->control("POST " + path + "/snapshot", R"({"kind":"mem+fs","name":"good","idempotency_key":"k"})");
    QCOMPARE(taken.status, 201);
    const auto id = taken.json()[QLatin1String("id")].toString().toLatin1();
    QCOMPARE(server_->control("POST " + path + "/snapshot", R"({"idempotency_key":"k"})").status, 200);
    QCOMPARE(server_->control("GET " + path + "/snapshots").status, 200);
    QCOMPARE(server_->control("GET /local/snapshots").headers.value("x-total-count"), QByteArray("1"));
    QCOMPARE(server_->control("GET /snapshots/" + id).json()[QLatin1String("status")].toString(), QStringLiteral("ready"));
    QCOMPARE(server_->control("PATCH /snapshots/" + id, R"({"name":"better"})").json()[QLatin1String("name")].toString(),
             QStringLiteral("better"));
    const auto created = server_->control("POST /sandboxes", R"({"name":"copy","from_snapshot":")" + id + R"("})");
    QCOMPARE(created.status, 201);
    QCOMPARE(created.json()[QLatin1String("source_snapshot_id")].toString().toLatin1(), id);
    QCOMPARE(server_->control("DELETE /snapshots/" + id).status, 204);
    QCOMPARE(server_->control("DELETE /snapshots/" + id).status, 404);
    const auto forked = server_->control("POST /local" + path + "/fork", R"({"count":2,"name":"twin"})");
    QCOMPARE(forked.status, 201);
    QVERIFY(forked.body.contains("twin 1") && forked.body.contains("twin 2") && forked.body.contains("access_token"));
    for (const auto* bad : {R"({"kind":"fs"})", R"({"name":""})", R"({"idempotency_key":""})", R"({"other":1})", "[]"}) {
      QCOMPARE(server_->control("POST " + path + "/snapshot", bad).status, 400);
    }
    for (const auto* bad : {R"({"count":0})", R"({"count":33})", R"({"count":"2"})", R"({"name":""})", R"({"other":1})"}) {
      QCOMPARE(server_->control("POST /local" + path + "/fork", bad).status, 400);
    }
    QCOMPARE(server_->control("PATCH /snapshots/" + id, "{}").status, 400);
    QCOMPARE(server_->control("GET /snapshots/nonsense").status, 400);
  }
};

QTEST_GUILESS_MAIN(RoutesTest)
#include "routestest.moc"
