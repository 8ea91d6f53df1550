// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QTest>

#include "backend/egress/proxy/httpgate.h"

using namespace terrarium::egress;

namespace {

std::string request(const std::string& host, const std::string& fields = {}) {
  return "GET / HTTP/1.1\r\nHost: " + host + "\r\n" + fields + "\r\n";
}

const std::string kWebSocket = request("api.test", "Upgrade: websocket\r\n");

}  // namespace

class HttpGateTest : public QObject {
  Q_OBJECT
 private slots:
  void requestsToTheHostPassAndOthersDoNot() {
    HttpGate gate("api.test");
    std::string unjudged = request("api.test") + request("API.test:80", "Content-Length: 4\r\n") + "body", passed;
    const auto all = unjudged;
    QVERIFY(gate.admit(unjudged, passed));
    QCOMPARE(passed, all);
    unjudged = request("api.test") + request("evil.test") + "more";
    QVERIFY(!gate.admit(unjudged, passed));
    QCOMPARE(passed, all + request("api.test"));
    QCOMPARE(gate.reason(), std::string("a request to evil.test came on a connection to api.test"));
  }

  void halfARequestWaits() {
    HttpGate gate("api.test");
    std::string unjudged = request("api.test").substr(0, 20), passed;
    QVERIFY(gate.admit(unjudged, passed));
    QCOMPARE(passed, std::string());
    QCOMPARE(unjudged.size(), std::size_t{20});
    unjudged += request("api.test").substr(20);
    QVERIFY(gate.admit(unjudged, passed));
    QCOMPARE(passed, request("api.test"));
  }

  void badRequestsDoNotPass() {
    HttpGate gate("api.test");
    std::string unjudged = "GET /\r\n\r\n", passed;
    QVERIFY(!gate.admit(unjudged, passed));
    QVERIFY(passed.empty());
    QCOMPARE(gate.reason(), std::string("it does not begin with a request"));
  }

  void framesPassOnlyWhenTheServerHasAgreed_data() {
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<bool>("good");
    QTest::addColumn<bool>("passes");
    QTest::newRow("nothing yet") << QByteArray() << true << false;
    QTest::newRow("agreed") << QByteArray("HTTP/1.1 101 Switching Protocols\r\n") << true << true;
    QTest::newRow("declined") << QByteArray("HTTP/1.1 400 Bad Request\r\n") << false << false;
  }
  void framesPassOnlyWhenTheServerHasAgreed() {
    QFETCH(QByteArray, answer);
    QFETCH(bool, good);
    QFETCH(bool, passes);
    HttpGate gate("api.test");
    std::string unjudged = kWebSocket + "\x81\x05hello", passed;
    QVERIFY(gate.admit(unjudged, passed));
    QCOMPARE(passed, kWebSocket);
    gate.hear(answer.toStdString());
    QCOMPARE(gate.admit(unjudged, passed), good);
    QCOMPARE(passed.size() > kWebSocket.size(), passes);
  }

  void aLaterRequestOpensNoTunnel() {
    HttpGate gate("api.test");
    std::string unjudged = request("api.test") + kWebSocket, passed;
    QVERIFY(gate.admit(unjudged, passed));
    gate.hear("HTTP/1.1 101 Switching Protocols\r\n\r\n");
    unjudged = "\x81\x05hello";
    QVERIFY(!gate.admit(unjudged, passed));
  }
};

QTEST_GUILESS_MAIN(HttpGateTest)
#include "httpgatetest.moc"
