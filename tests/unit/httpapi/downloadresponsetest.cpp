// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QTest>

#include "backend/httpapi/downloadresponse.h"
#include "tests/unit/httpapi/testserver.h"

using namespace terrarium;

class DownloadResponseTest : public QObject {
  Q_OBJECT
 private slots:
  void aRangeSelectsBytes_data() {
    QTest::addColumn<QByteArray>("range");
    QTest::addColumn<int>("status");
    QTest::addColumn<qint64>("offset");
    QTest::addColumn<qint64>("length");
    const auto row = [](const char* range, int status, qint64 offset, qint64 length) {
      QTest::newRow(range) << QByteArray(range) << status << offset << length;
    };
    row("", 200, 0, 10);
    row("bytes=0-0", 206, 0, 1);
    row("bytes=2-4", 206, 2, 3);
    row("bytes=7-", 206, 7, 3);
    row("bytes=7-100", 206, 7, 3);
    row("bytes=-3", 206, 7, 3);
    row("bytes=-100", 206, 0, 10);
    row("bytes=0-9223372036854775807", 206, 0, 10);
    row("bytes=10-", 416, 0, 0);
    row("bytes=-0", 416, 0, 0);
    // What is not understood is ignored (RFC 9110, 14.2).
    row("bytes=4-2", 200, 0, 10);
    row("bytes=0-1,3-4", 200, 0, 10);
    row("bytes=-", 200, 0, 10);
    row("bytes=a-b", 200, 0, 10);
    row("bytes=--3", 200, 0, 10);
    row("bytes=+1-2", 200, 0, 10);
    row("bytes=0-99999999999999999999", 200, 0, 10);
    row("lines=0-1", 200, 0, 10);
  }
  void aRangeSelectsBytes() {
    QFETCH(QByteArray, range);
    QFETCH(int, status);
    HttpRequest request;
    if (!range.isEmpty()) request.headers = {{"range", range}};
    const auto selection = selectBytes(request, entry());
    QCOMPARE(selection.status, status);
    if (status == 416) return;
    QTEST(static_cast<qint64>(selection.range.offset), "offset");
    QTEST(selection.length, "length");
  }

  void conditionsAreKept_data() {
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<int>("status");
    QTest::newRow("same second") << QByteArray("if-modified-since") << QByteArray("Fri, 15 Jan 2027 08:00:00 GMT") << 304;
    QTest::newRow("later") << QByteArray("if-modified-since") << QByteArray("Fri, 15 Jan 2027 08:00:01 GMT") << 304;
    QTest::newRow("earlier") << QByteArray("if-modified-since") << QByteArray("Fri, 15 Jan 2027 07:59:59 GMT") << 206;
    QTest::newRow("no date") << QByteArray("if-modified-since") << QByteArray("yesterday") << 206;
    QTest::newRow("not changed since") << QByteArray("if-unmodified-since") << QByteArray("Fri, 15 Jan 2027 08:00:00 GMT") << 206;
    QTest::newRow("changed since") << QByteArray("if-unmodified-since") << QByteArray("Fri, 15 Jan 2027 07:59:59 GMT") << 412;
    QTest::newRow("any tag") << QByteArray("if-match") << QByteArray("*") << 206;
    QTest::newRow("a tag to match") << QByteArray("if-match") << QByteArray("\"abc\"") << 412;
    QTest::newRow("no tag at all") << QByteArray("if-none-match") << QByteArray("*") << 304;
    QTest::newRow("none of a tag") << QByteArray("if-none-match") << QByteArray("\"abc\"") << 206;
    QTest::newRow("unchanged") << QByteArray("if-range") << QByteArray("Fri, 15 Jan 2027 08:00:00 GMT") << 206;
    QTest::newRow("changed") << QByteArray("if-range") << QByteArray("Fri, 15 Jan 2027 07:00:00 GMT") << 200;
    QTest::newRow("a tag that we never gave") << QByteArray("if-range") << QByteArray("\"abc\"") << 200;
  }
  void conditionsAreKept() {
    QFETCH(QByteArray, name);
    QFETCH(QByteArray, value);
    HttpRequest request;
    request.headers = {{"range", "bytes=1-2"}, {name, value}};
    QTEST(selectBytes(request, entry()).status, "status");
  }

  void conditionsHaveAnOrder() {
    const QByteArray before = "Fri, 15 Jan 2027 07:00:00 GMT";
    const QByteArray after = "Fri, 15 Jan 2027 09:00:00 GMT";
    const auto status = [](const HttpHeaders& headers) {
      HttpRequest request;
      request.headers = headers;
      return selectBytes(request, entry()).status;
    };
    QCOMPARE(status({{"if-modified-since", after}, {"if-unmodified-since", before}}), 412);
    // Tags count more than times.
    QCOMPARE(status({{"if-none-match", "\"abc\""}, {"if-modified-since", after}}), 200);
    QCOMPARE(status({{"if-match", "*"}, {"if-unmodified-since", before}}), 200);
  }

  void filesAreReadOverTheWire() {
    const TestServer server;
    const auto made = server.sandbox();
    QCOMPARE(server.data(made, "POST /files?path=%2Ftmp%2Fa%20b", "0123456789").body,
             QByteArray(R"({"path":"/tmp/a b","size":10})"));
    const auto whole = server.data(made, "GET /files?path=%2Ftmp%2Fa%20b");
    QCOMPARE(whole.status, 200);
    QCOMPARE(whole.body, QByteArray("0123456789"));
    QCOMPARE(whole.headers.value("content-disposition"), QByteArray("inline"));
    const auto part = server.data(made, "GET /files?path=/tmp/a+b", {}, "Range: bytes=2-4\r\n");
    QCOMPARE(part.status, 206);
    QCOMPARE(part.headers.value("content-range"), QByteArray("bytes 2-4/10"));
    QCOMPARE(part.body, QByteArray("234"));
    const auto beyond = server.data(made, "GET /files?path=/tmp/a+b", {}, "Range: bytes=10-\r\n");
    QCOMPARE(beyond.status, 416);
    QCOMPARE(beyond.headers.value("content-range"), QByteArray("bytes */10"));
    const auto same =
        server.data(made, "GET /files?path=/tmp/a+b", {}, "If-Modified-Since: " + whole.headers.value("last-modified") + "\r\n");
    QCOMPARE(same.status, 304);
    const auto old = QByteArray("If-Unmodified-Since: Thu, 01 Jan 1970 00:00:00 GMT\r\n");
    QCOMPARE(server.data(made, "GET /files?path=/tmp/a+b", {}, old).status, 412);
    QCOMPARE(server.data(made, "POST /files?path=/tmp/empty").status, 200);
    const auto empty = server.data(made, "GET /files?path=/tmp/empty");
    QCOMPARE(empty.status, 200);
    QCOMPARE(empty.headers.value("content-length"), QByteArray("0"));
  }

  void aHeadRequestHasNoBody() {
    const TestServer server;
    const auto made = server.sandbox();
    (void)server.data(made, "POST /files?path=/tmp/a", "0123456789");
    for (const QByteArray target :
         {"/files?path=/tmp/a", "/files?path=/tmp&format=zip", "/files?path=/tmp&format=json", "/files?path=/no"}) {
      RawConnection connection(server.port());
      connection.send(TestServer::request("HEAD " + target, TestServer::access(made)));
      QVERIFY(connection.reply(false).status != 0);
      connection.send(TestServer::request("GET /health", "Connection: close\r\n"));
      QCOMPARE(connection.reply().body, QByteArray(R"({"status":"ok","version":"1.2.3"})"));
      QVERIFY(connection.isClosed());
    }
  }

  void directoriesAreListedAndZipped() {
    const TestServer server;
    const auto made = server.sandbox();
    (void)server.data(made, "POST /files?path=/tmp/d/a", "0123456789");
    QCOMPARE(server.data(made, "GET /files?path=/tmp/d").status, 400);
    QVERIFY(server.data(made, "GET /files?path=/tmp/d&format=json").body.contains("\"name\":\"a\""));
    const auto zip = server.data(made, "GET /files?path=/tmp/d&format=zip");
    QCOMPARE(zip.headers.value("content-type"), QByteArray("application/zip"));
    QVERIFY(zip.body.startsWith("PK") && zip.body.contains("d/a"));
    QCOMPARE(server.data(made, "GET /files?path=/tmp/d&format=tar").status, 400);
    QVERIFY(server.control("GET /sandboxes/" + made.id + "/files?path=/tmp").body.contains("\"is_dir\":true"));
    for (const QByteArray path : {"", "relative", "/a/../b", "%2Fa%2F..%2Fb", "/a%00b"})
      QCOMPARE(server.data(made, "GET /files?path=" + path).status, 400);
    const auto missing = server.data(made, "GET /files?path=/no/such");
    QCOMPARE(missing.status, 404);
    QCOMPARE(missing.errorMessage(), QStringLiteral("file not found"));
  }

 private:
  static FileEntry entry() {
    FileEntry entry;
    entry.size = 10;
    entry.modifiedUnix = 1'800'000'000;  // Fri, 15 Jan 2027 08:00:00 GMT
    return entry;
  }
};

QTEST_GUILESS_MAIN(DownloadResponseTest)
#include "downloadresponsetest.moc"
