// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QTest>

#include "backend/egress/proxy/requestscanner.h"

using namespace terrarium::egress;
using namespace std::string_literals;

namespace {

using Kind = RequestScanner::Kind;

/// What a connection's bytes, which come in pieces, were taken for: "host method;" for heads, the bodies' bytes in brackets.
std::string read(const std::string& bytes, std::size_t piece) {
  RequestScanner scanner;
  std::string told, body, pending;
  const auto endBody = [&] {
    if (!body.empty()) told += "[" + std::exchange(body, {}) + "]";
  };
  for (std::size_t at = 0; at < bytes.size(); at += piece) {
    pending += bytes.substr(at, piece);
    for (auto next = scanner.next(pending); next.kind != Kind::NeedMore; next = scanner.next(pending)) {
      if (next.kind == Kind::Bad) {
        endBody();
        return told + "bad: " + scanner.reason();
      }
      if (next.kind == Kind::Body) body += pending.substr(0, next.bytes);
      if (next.kind == Kind::Head) {
        endBody();
        told += scanner.head().method + " " + scanner.head().host + (scanner.head().asksForWebSocket ? " websocket;" : ";");
      }
      pending.erase(0, next.bytes);
    }
  }
  endBody();
  return told + (pending.empty() ? "" : "...");
}

std::string request(const std::string& fields, const std::string& line = "GET / HTTP/1.1") {
  return line + "\r\nHost: api.test\r\n" + fields + "\r\n";
}

}  // namespace

class RequestScannerTest : public QObject {
  Q_OBJECT
 private slots:
  void connectionsAreRead_data() {
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("told");
    const auto row = [](const char* name, const std::string& bytes, const std::string& told) {
      QTest::newRow(name) << QByteArray::fromStdString(bytes) << QByteArray::fromStdString(told);
    };
    const auto chunked = request("Transfer-Encoding: chunked\r\n", "POST / HTTP/1.1");
    row("a request", request(""), "GET api.test;");
    row("two requests", request("") + "HEAD /x HTTP/1.0\r\nhost:\tOTHER.test.:8080 \r\n\r\n", "GET api.test;HEAD other.test;");
    row("half a request", request("").substr(0, 30), "...");
    row("a whole URL", request("", "GET http://API.test:80/x?http://evil.test HTTP/1.1"), "GET api.test;");
    row("of the server itself", request("", "OPTIONS * HTTP/1.1"), "OPTIONS api.test;");
    row("with a body", request("Content-Length: 5\r\n", "PUT / HTTP/1.1") + "GET /" + request(""),
        "PUT api.test;[GET /]GET api.test;");
    row("with an empty body", request("Content-Length: 0\r\n") + request(""), "GET api.test;GET api.test;");
    row("in chunks", chunked + "5\r\nGET /\r\nA;x=y\r\n0123456789\r\n0\r\n\r\n" + request(""),
        "POST api.test;[5\r\nGET /\r\nA;x=y\r\n0123456789\r\n0\r\n\r\n]GET api.test;");
    row("in chunks with a trailer", chunked + "0\r\nSum: 1\r\n\r\n" + request(""),
        "POST api.test;[0\r\nSum: 1\r\n\r\n]GET api.test;");
    row("WebSocket", request("Connection: Upgrade\r\nUpgrade: WebSocket\r\n"), "GET api.test websocket;");
    row("upgrade to something else", request("Upgrade: TLS/1.3\r\n") + "xxxx\r\n\r\n",
        "GET api.test;bad: it does not begin with a request");

    row("no host", "GET / HTTP/1.1\r\n\r\n", "bad: its request names no host");
    row("two hosts", request("Host: api.test\r\n"), "bad: its request names its host twice");
    row("two hosts, spelt differently", request("hOST: evil.test\r\n"), "bad: its request names its host twice");
    row("an address", "GET / HTTP/1.1\r\nHost: 203.0.113.7\r\n\r\n", "bad: its request names a host that is not a domain");
    row("an IPv6 address", "GET / HTTP/1.1\r\nHost: [::1]\r\n\r\n", "bad: its request names a host that is not a domain");
    row("a user", "GET / HTTP/1.1\r\nHost: api.test@evil.test\r\n\r\n", "bad: its request names a host that is not a domain");
    row("two names", "GET / HTTP/1.1\r\nHost: api.test, evil.test\r\n\r\n", "bad: its request names a host that is not a domain");
    row("a port that is none", "GET / HTTP/1.1\r\nHost: api.test:80x\r\n\r\n",
        "bad: its request names a host that is not a domain");
    row("a URL of another host", request("", "GET http://evil.test/ HTTP/1.1"), "bad: its request has a target of another host");
    row("a URL with a user", request("", "GET http://api.test@evil.test/ HTTP/1.1"),
        "bad: its request has a target of another host");
    row("a URL of another scheme", request("", "GET https://api.test/ HTTP/1.1"), "bad: its request has a target of another host");
    row("no path", request("", "GET evil.test HTTP/1.1"), "bad: its request has a target of another host");
    row("a tunnel", request("", "CONNECT /api.test:443 HTTP/1.1"), "bad: its request has a method that is not forwarded");
    row("bare line feeds", "GET / HTTP/1.1\nHost: api.test\n\n", "bad: its request has a stray control character");
    row("a bare return", request("A: b\rc\r\n"), "bad: its request has a stray control character");
    row("a zero byte", request("A: b\0c\r\n"s), "bad: its request has a stray control character");
    row("a folded field", request("A: b\r\n Host: evil.test\r\n"), "bad: its request has a field without a name");
    row("a blank before the colon", "GET / HTTP/1.1\r\nHost : api.test\r\n\r\n", "bad: its request has a field without a name");
    row("a field without colon", request("evil\r\n"), "bad: its request has a field without a name");
    row("a field without name", request(": evil\r\n"), "bad: its request has a field without a name");
    row("length and chunks", request("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n"),
        "bad: its request has an ambiguous length");
    row("two lengths", request("Content-Length: 5\r\nContent-Length: 5\r\n"), "bad: its request has an ambiguous length");
    row("a list of lengths", request("Content-Length: 5, 5\r\n"), "bad: its request has an ambiguous length");
    row("a signed length", request("Content-Length: +5\r\n"), "bad: its request has an ambiguous length");
    row("a hexadecimal length", request("Content-Length: 0x5\r\n"), "bad: its request has an ambiguous length");
    row("a long length", request("Content-Length: 1111111111111111111\r\n"), "bad: its request has an ambiguous length");
    row("another coding", request("Transfer-Encoding: gzip, chunked\r\n"), "bad: its request has an ambiguous length");
    row("chunks twice", request("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n"),
        "bad: its request has an ambiguous length");
    row("chunks in HTTP/1.0", request("Transfer-Encoding: chunked\r\n", "POST / HTTP/1.0"),
        "bad: its request has an ambiguous length");
    row("HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "bad: it does not begin with a request of HTTP/1");
    row("upgrade to HTTP/2", request("Upgrade: h2c\r\n"), "bad: HTTP/2 without TLS is not forwarded");
    row("upgrade to one of two", request("Upgrade: websocket, h2c\r\n"), "bad: HTTP/2 without TLS is not forwarded");
    row("upgrade twice", request("Upgrade: websocket\r\nUpgrade: x\r\n"), "bad: its request asks for two other protocols");
    row("WebSocket with a body", request("Upgrade: websocket\r\nContent-Length: 3\r\n"),
        "bad: its request for a WebSocket has a body");
    row("HTTP/0.9", "GET /\r\n\r\n", "bad: it does not begin with a request");
    row("a blank in the target", request("", "GET /a b HTTP/1.1"), "bad: its request has an invalid target");
    row("a byte above 127 in the target", request("", "GET /\xc3\xa4 HTTP/1.1"), "bad: its request has an invalid target");
    row("SSH", "SSH-2.0-x y z\r\n\r\n", "bad: it does not begin with a request of HTTP/1");
    row("a chunk without length", chunked + "\r\n", "POST api.test;bad: a chunk of its request has an invalid length");
    row("a chunk with a signed length", chunked + "+5\r\n", "POST api.test;bad: a chunk of its request has an invalid length");
    row("a chunk with a prefix", chunked + "0x5\r\n", "POST api.test;bad: a chunk of its request has an invalid length");
    row("a chunk with a bare line feed", chunked + "5\n", "POST api.test;bad: a chunk of its request has an invalid length");
    row("a chunk with a long length", chunked + "1000000000000000\r\n",
        "POST api.test;bad: a chunk of its request has an invalid length");
    row("a chunk with a long extension", chunked + "1;" + std::string(300, 'x'),
        "POST api.test;bad: a chunk of its request has an invalid length");
    row("a chunk that goes on", chunked + "1\r\nab\r\n",
        "POST api.test;[1\r\na]bad: a chunk of its request is longer than it says");
    row("a trailer that is no field", chunked + "0\r\nGET / HTTP/1.1\r\n",
        "POST api.test;[0\r\n]bad: the trailer of its request is invalid");
    row("a long trailer", chunked + "0\r\nA: " + std::string(9000, 'x'),
        "POST api.test;[0\r\n]bad: the trailer of its request is too long");
    row("a long head", request("A: " + std::string(70000, 'x')), "bad: the head of its request is too long");
  }
  void connectionsAreRead() {
    QFETCH(QByteArray, bytes);
    QFETCH(QByteArray, told);
    for (const std::size_t piece : {1, 2, 3, 17, 100000}) {
      if (bytes.size() > 20000 && piece < 17) continue;
      QCOMPARE(QByteArray::fromStdString(read(bytes.toStdString(), piece)), told);
    }
  }

  void aTunnelPassesEverything() {
    RequestScanner scanner;
    const auto bytes = request("Upgrade: websocket\r\n");
    QVERIFY(scanner.next(bytes).kind == Kind::Head);
    scanner.beginTunnel();
    const auto frame = scanner.next("\x81\x05\0\n\r"s);
    QVERIFY(frame.kind == Kind::Body);
    QCOMPARE(frame.bytes, std::size_t{5});
  }

  void afterABadRequestNothingPasses() {
    RequestScanner scanner;
    QVERIFY(scanner.next("GET /\r\n\r\n").kind == Kind::Bad);
    QVERIFY(scanner.next(request("")).kind == Kind::Bad);
  }
};

QTEST_GUILESS_MAIN(RequestScannerTest)
#include "requestscannertest.moc"
