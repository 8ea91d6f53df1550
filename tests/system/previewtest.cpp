// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Previews of programs that really run in a sandbox, over raw sockets with the host that a browser would send.

#include <QCryptographicHash>
#include <QTemporaryDir>
#include <QTest>
#include <QUrl>

#include "tests/system/support/liveengine.h"
#include "tests/unit/httpapi/rawconnection.h"

using namespace terrarium;

namespace {

/// A web server with a page, a stream that waits for a file between two events, a counter of uploads and a WebSocket echo.
const QByteArray kServer = R"PY(
import base64, hashlib, http.server, os, time
class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    def log_message(self, *args): pass
    def do_GET(self):
        if self.headers.get("Upgrade") == "websocket": return self.echo()
        if self.path == "/stream":
            self.send_response(200); self.send_header("Content-Type", "text/event-stream"); self.end_headers()
            self.close_connection = True
            self.wfile.write(b"data: one\n\n"); self.wfile.flush()
            while not os.path.exists("/tmp/go"): time.sleep(0.01)
            self.wfile.write(b"data: two\n\n"); return
        body = ("host=" + self.headers["Host"] + " key=" + str(self.headers.get("X-API-Key"))).encode()
        self.send_response(200); self.send_header("Content-Length", str(len(body))); self.end_headers()
        self.wfile.write(body)
    def do_POST(self):
        left = int(self.headers["Content-Length"]); digest = hashlib.sha256()
        while left > 0:
            part = self.rfile.read(min(left, 65536)); digest.update(part); left -= len(part)
        body = digest.hexdigest().encode()
        self.send_response(200); self.send_header("Content-Length", str(len(body))); self.end_headers()
        self.wfile.write(body)
    def echo(self):
        key = self.headers["Sec-WebSocket-Key"] + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
        self.send_response(101); self.send_header("Upgrade", "websocket"); self.send_header("Connection", "Upgrade")
        self.send_header("Sec-WebSocket-Accept", base64.b64encode(hashlib.sha1(key.encode()).digest()).decode())
        self.end_headers(); self.close_connection = True
        while True:
            head = self.rfile.read(2)
            if len(head) < 2: return
            mask = self.rfile.read(4); data = self.rfile.read(head[1] & 127)
            self.wfile.write(bytes([head[0], len(data)]) + bytes(b ^ mask[i % 4] for i, b in enumerate(data)))
http.server.ThreadingHTTPServer(("127.0.0.1", 8001), Handler).serve_forever()
)PY";

}  // namespace

class PreviewTest : public QObject {
  Q_OBJECT

 private slots:
  void initTestCase() {
    QVERIFY(home_.isValid());
    engine_ = std::make_unique<LiveEngine>(home_.path(), LiveEngine::sharedImageCache());
    const auto problem = engine_->startWithBase();
    QVERIFY2(problem.isEmpty(), problem);
    const auto created = engine_->create({{QStringLiteral("name"), QStringLiteral("web")}});
    QVERIFY2(created.status == 201, created.body + engine_->log());
    sandbox_ = created.object();
    id_ = sandbox_.value(QLatin1String("id")).toString();
    run(QStringLiteral("mkdir -p /srv/www; echo 'a page' > /srv/www/page.txt; cat > /srv/server.py <<'EOF'\n") +
        QString::fromUtf8(kServer) + QStringLiteral("\nEOF\n"));
    run(
        QStringLiteral("setsid python3 -m http.server 8000 --directory /srv/www >/dev/null 2>&1 </dev/null &"
                       "setsid python3 /srv/server.py >/srv/log 2>&1 </dev/null & sleep 0.1"));
  }

  void whatListensIsListed() {
    QByteArray listed;
    QTRY_VERIFY_WITH_TIMEOUT((listed = engine_->ctl({QStringLiteral("ports"), QStringLiteral("web")}).out,
                              listed.contains("8000") && listed.contains("8001")),
                             60000);
    QVERIFY2(listed.contains("http://8000-" + id_.toUtf8() + ".localhost:"), listed);
  }

  void aFileServerIsReached() {
    const auto reply = get(8000, "/page.txt");
    QCOMPARE(reply.status, 200);
    QCOMPARE(reply.body, QByteArray("a page\n"));
    QCOMPARE(get(8000, "/none").status, 404);
  }

  void theProgramSeesItsHostAndNoKey() {
    const auto reply = get(8001, "/", "X-API-Key: secret\r\n");
    QCOMPARE(reply.body, "host=" + host(8001) + " key=None");
  }

  void aStreamComesPieceByPiece() {
    RawConnection client(port());
    client.send(request("GET /stream", 8001));
    QCOMPARE(client.head().status, 200);
    QCOMPARE(client.chunk(), QByteArray("data: one\n\n"));
    run(QStringLiteral("touch /tmp/go"));
    QCOMPARE(client.chunk(), QByteArray("data: two\n\n"));
    QCOMPARE(client.chunk(), QByteArray());
  }

  void aLargeUploadArrivesWhole() {
    QByteArray body(16 * 1024 * 1024, Qt::Uninitialized);
    for (qsizetype i = 0; i < body.size(); ++i) body[i] = static_cast<char>((i * 7 + i / 251) & 0xff);
    RawConnection client(port());
    client.send("POST / HTTP/1.1\r\nHost: " + host(8001) + "\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" +
                body);
    RawReply reply;
    for (int i = 0; i < 10 && reply.status == 0; ++i) reply = client.reply();
    QCOMPARE(reply.status, 200);
    QCOMPARE(reply.body, QCryptographicHash::hash(body, QCryptographicHash::Sha256).toHex());
  }

  void aWebSocketEchoes() {
    RawConnection client(port());
    client.send(request("GET /ws", 8001,
                        "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"));
    const auto head = client.head();
    QCOMPARE(head.status, 101);
    QCOMPARE(head.headers.value("sec-websocket-accept"), QByteArray("s3pPLMBiTxaQ9kYGzzhZRbK+xOo="));
    for (int i = 0; i < 3; ++i) {
      client.send(QByteArray("\x81\x85\x00\x00\x00\x00hello", 11));
      QCOMPARE(client.bytes(7), QByteArray("\x81\x05hello"));
    }
  }

  void manyRequestsInARow() {
    RawConnection client(port());
    for (int i = 0; i < 50; ++i) {
      client.send(request("GET /page.txt", 8000));
      const auto reply = client.reply();
      QCOMPARE(reply.status, 200);
      QCOMPARE(reply.body, QByteArray("a page\n"));
    }
  }

  void whereNothingListens() {
    const auto reply = get(8002, "/", "Accept: text/html\r\n");
    QCOMPARE(reply.status, 502);
    QCOMPARE(reply.headers.value("retry-after"), QByteArray("2"));
    QVERIFY2(reply.body.contains("Nothing listens on port 8002"), reply.body);
    QCOMPARE(get(80, "/").status, 403);
  }

  void aPrivatePortNeedsItsToken() {
    const auto ports = QStringLiteral("/sandboxes/") + id_ + QStringLiteral("/preview-ports");
    QCOMPARE(engine_->call("POST", ports, R"({"port":8000,"access":"private"})").status, 200);
    QCOMPARE(get(8000, "/page.txt").status, 401);
    const auto token = tokenOf(engine_->call("POST", ports + QStringLiteral("/8000/token"), R"({"expires_in_seconds":600})"));
    QCOMPARE(get(8000, "/page.txt", token).body, QByteArray("a page\n"));
    QCOMPARE(get(8001, "/").status, 200);
    const auto fresh = tokenOf(engine_->call("POST", ports + QStringLiteral("/8000/token/rotate")));
    QCOMPARE(get(8000, "/page.txt", token).status, 401);
    QCOMPARE(get(8000, "/page.txt", fresh).status, 200);
    QCOMPARE(engine_->ctl({QStringLiteral("update"), QStringLiteral("web"), QStringLiteral("--preview-access=private")}).exitCode,
             0);
    QCOMPARE(get(8001, "/").status, 404);
    QCOMPARE(get(8000, "/page.txt", fresh).status, 200);
    QCOMPARE(engine_->call("PATCH", QStringLiteral("/sandboxes/") + id_, R"({"preview_access":"public"})").status, 204);
    QCOMPARE(engine_->call("DELETE", ports + QStringLiteral("/8000")).status, 204);
    QCOMPARE(get(8000, "/page.txt").status, 200);
  }

  void aPausedSandboxIsNotWoken() {
    const auto path = QStringLiteral("/sandboxes/") + id_;
    RawConnection open(port());
    open.send(request("GET /ws", 8001,
                      "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                      "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"));
    QCOMPARE(open.head().status, 101);
    QCOMPARE(engine_->call("POST", path + QStringLiteral("/pause")).status, 204);
    QVERIFY2(open.isClosed(), "a pause ends what is open");
    const auto reply = get(8000, "/page.txt", "Accept: text/html\r\n");
    QCOMPARE(reply.status, 503);
    QCOMPARE(reply.headers.value("retry-after"), QByteArray("5"));
    QVERIFY(reply.body.contains("is paused"));
    QCOMPARE(engine_->sandbox(id_).value(QLatin1String("status")).toString(), QStringLiteral("paused"));
    QCOMPARE(engine_->call("POST", path + QStringLiteral("/resume")).status, 200);
    const auto again = get(8000, "/page.txt");
    QCOMPARE(again.body, QByteArray("a page\n"));
  }

  void cleanupTestCase() {
    if (engine_) QCOMPARE(engine_->stop(), 0);
  }

 private:
  void run(const QString& command) {
    const auto ran = engine_->exec(sandbox_, command);
    QVERIFY2(ran.status == 200 && ran.object().value(QLatin1String("exit_code")).toInt() == 0, ran.body);
  }
  template <class Reply>
  [[nodiscard]] static QByteArray tokenOf(const Reply& reply) {
    return "X-Superserve-Preview-Token: " + reply.object().value(QLatin1String("token")).toString().toLatin1() + "\r\n";
  }
  [[nodiscard]] quint16 port() const { return static_cast<quint16>(engine_->url().port()); }
  [[nodiscard]] QByteArray host(int guestPort) const {
    return QByteArray::number(guestPort) + '-' + id_.toUtf8() + ".localhost:" + QByteArray::number(port());
  }
  [[nodiscard]] QByteArray request(const QByteArray& line, int guestPort, const QByteArray& headers = {}) const {
    return line + " HTTP/1.1\r\nHost: " + host(guestPort) + "\r\n" + headers + "\r\n";
  }
  [[nodiscard]] RawReply get(int guestPort, const QByteArray& path, const QByteArray& headers = {}) const {
    RawConnection client(port());
    client.send(request("GET " + path, guestPort, headers));
    return client.reply();
  }

  QTemporaryDir home_;
  std::unique_ptr<LiveEngine> engine_;
  QJsonObject sandbox_;
  QString id_;
};

QTEST_GUILESS_MAIN(PreviewTest)
#include "previewtest.moc"
