// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QSignalSpy>
#include <QTest>
#include <QtEndian>

#include "backend/client/httpfacade.h"
#include "backend/client/websocketframes.h"
#include "tests/unit/client/scriptedserver.h"

using namespace terrarium;

namespace {
const QByteArray kId("11111111-2222-4333-8444-555555555555");
const QByteArray kSandbox = R"({"id":")" + kId +
                            R"(","name":"box","status":"active","phase":"active","created_at":"2026-01-02T03:04:05.000Z",)" +
                            R"("metadata":{"team":"a"},"timeout_seconds":60,"access_token":"t0k"})";

SandboxId sandbox() { return *SandboxId::parse(kId.toStdString()); }

SandboxSpec spec() {
  SandboxRequest request;
  request.name = "box";
  request.timeoutSeconds = 60;
  request.metadata = {{"team", "a"}};
  return *SandboxSpec::parse(request);
}

QByteArray serverFrame(int opcode, const QByteArray& payload) {
  QByteArray frame(1, static_cast<char>(0x80 | opcode));
  if (payload.size() < 126) return frame + static_cast<char>(payload.size()) + payload;
  const auto length = qToBigEndian(static_cast<quint64>(payload.size()));
  return frame + static_cast<char>(127) + QByteArray(reinterpret_cast<const char*>(&length), 8) + payload;
}

void upgrade(const ScriptedServer::Request& request, QTcpSocket& socket) {
  socket.write("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: " +
               webSocketAccept(request.headers.value("sec-websocket-key")) + "\r\n\r\n");
}
}  // namespace

class HttpFacadeTest : public QObject {
  Q_OBJECT

  template <class T>
  Result<T> await(const Pending<T>& pending) {
    std::optional<Result<T>> answer;
    whenDone(pending, this, [&answer](Result<T> result) { answer = std::move(result); });
    if (!QTest::qWaitFor([&] { return answer.has_value(); })) return failure(ErrorCode::TimedOut, "no answer came");
    return *answer;
  }

 private slots:
  void createSendsTheRequestAndReadsTheSandbox() {
    ScriptedServer server([](const auto&, QTcpSocket& socket) { ScriptedServer::reply(socket, 201, kSandbox); });
    HttpFacade facade(server.url(), QStringLiteral("key"));
    const auto info = await(facade.sandboxes().create(spec(), "op-1"));
    QVERIFY(info);
    QCOMPARE(info->name.value(), std::string("box"));
    QCOMPARE(info->timeout->value().count(), 60);
    const auto& request = server.requests.first();
    QCOMPARE(request.verb, QByteArray("POST"));
    QCOMPARE(request.target, QByteArray("/sandboxes"));
    QCOMPARE(request.headers.value("x-api-key"), QByteArray("key"));
    QCOMPARE(request.headers.value("x-terrarium-operation"), QByteArray("op-1"));
    QCOMPARE(request.body,
             QByteArray(R"({"from_template":"superserve/base","metadata":{"team":"a"},"name":"box","timeout_seconds":60})"));
  }

  void errorsKeepCodeMessageAndField() {
    ScriptedServer server([](const auto&, QTcpSocket& socket) {
      ScriptedServer::reply(socket, 400,
                            R"({"error":{"code":"secret_not_found","message":"no such secret","field":"secrets.KEY"}})");
    });
    HttpFacade facade(server.url(), QStringLiteral("key"));
    const auto info = await(facade.sandboxes().create(spec()));
    QVERIFY(!info);
    QCOMPARE(info.error().code, ErrorCode::UnknownReference);
    QCOMPARE(info.error().message, std::string("no such secret"));
    QCOMPARE(info.error().field, std::string("secrets.KEY"));
  }

  void anEngineThatIsNotThereIsUnavailable() {
    QUrl url;
    {
      ScriptedServer gone([](const auto&, QTcpSocket&) {});
      url = gone.url();
    }
    HttpFacade facade(url, QStringLiteral("key"));
    const auto page = await(facade.sandboxes().list({}));
    QVERIFY(!page);
    QCOMPARE(page.error().code, ErrorCode::Unavailable);
    const auto session = facade.exec().run(sandbox(), {});
    QSignalSpy failed(session.get(), &ExecSession::failed);
    QTRY_COMPARE(failed.count(), 1);
    QCOMPARE(failed.first().first().value<Error>().code, ErrorCode::Unavailable);
  }

  void manyRequestsAtOnceDoNotWaitForEachOther() {
    QList<QTcpSocket*> held;
    ScriptedServer server([&held](const auto&, QTcpSocket& socket) { held.append(&socket); });
    HttpFacade facade(server.url(), QStringLiteral("key"));
    std::vector<Pending<SandboxInfo>> pending;
    for (int i = 0; i < 20; ++i) pending.push_back(facade.sandboxes().create(spec()));
    QTRY_COMPARE(held.size(), 20);
  }

  void listSendsTheQueryAndReadsTheTotal() {
    ScriptedServer server([](const auto&, QTcpSocket& socket) {
      ScriptedServer::reply(socket, 200, "[" + kSandbox + R"(,{"id":"nonsense"}])", "X-Total-Count: 7\r\n");
    });
    HttpFacade facade(server.url(), QStringLiteral("key"));
    SandboxQuery query;
    query.metadata = {{"a&b", "c=d e"}};
    query.status = "active";
    query.limit = 1;
    const auto page = await(facade.sandboxes().list(query));
    QVERIFY(page);
    QCOMPARE(page->items.size(), std::size_t{1});
    QCOMPARE(page->total, std::size_t{7});
    QCOMPARE(server.requests.first().target, QByteArray("/sandboxes?metadata.a%26b=c%3Dd%20e&status=active&limit=1"));
  }

  void aCommandRunsOverASocketByteForByte() {
    ScriptedServer server([](const ScriptedServer::Request& request, QTcpSocket& socket) {
      if (!request.target.startsWith("/exec")) return ScriptedServer::reply(socket, 200, kSandbox);
      upgrade(request, socket);
      socket.write(serverFrame(2, QByteArray("\x01out\0\xff", 6)) +
                   serverFrame(2,
                               "\x02"
                               "err") +
                   serverFrame(1, R"({"exit_code":42,"finished":true})"));
    });
    HttpFacade facade(server.url(), QStringLiteral("key"));
    ExecRequest request;
    request.command = "true";
    const auto session = facade.exec().run(sandbox(), request);
    QByteArray out;
    QByteArray err;
    int code = -1;
    connect(session.get(), &ExecSession::outputReceived, this,
            [&](OutputChannel channel, const QByteArray& bytes) { (channel == OutputChannel::Stdout ? out : err) += bytes; });
    connect(session.get(), &ExecSession::finished, this, [&](const ExecResult& result) { code = result.exitCode; });
    QTRY_COMPARE(code, 42);
    QCOMPARE(out, QByteArray("out\0\xff", 5));
    QCOMPARE(err, QByteArray("err"));
    QCOMPARE(server.requests.last().headers.value("sec-websocket-protocol"), QByteArray("superserve.exec.v1, token.t0k"));
  }

  void aRefusedTokenIsRenewedOnce() {
    int tries = 0;
    ScriptedServer server([&tries](const ScriptedServer::Request& request, QTcpSocket& socket) {
      if (request.target.startsWith("/exec")) {
        ++tries;
        return ScriptedServer::reply(socket, 401, "invalid token");
      }
      ScriptedServer::reply(socket, 200, kSandbox);
    });
    HttpFacade facade(server.url(), QStringLiteral("key"));
    const auto session = facade.exec().run(sandbox(), {});
    QSignalSpy failed(session.get(), &ExecSession::failed);
    QTRY_COMPARE(failed.count(), 1);
    QCOMPARE(failed.first().first().value<Error>().code, ErrorCode::AuthenticationFailed);
    QCOMPARE(tries, 2);
  }

  void aPausedSandboxIsNotRunning() {
    ScriptedServer server([](const ScriptedServer::Request& request, QTcpSocket& socket) {
      if (request.target.startsWith("/sandboxes")) return ScriptedServer::reply(socket, 200, kSandbox);
      ScriptedServer::reply(socket, 503, R"({"error":{"code":"sandbox_unavailable","message":"sandbox is paused"}})");
    });
    HttpFacade facade(server.url(), QStringLiteral("key"));
    const auto session = facade.exec().run(sandbox(), {});
    QSignalSpy failed(session.get(), &ExecSession::failed);
    QTRY_COMPARE(failed.count(), 1);
    QCOMPARE(failed.first().first().value<Error>().code, ErrorCode::NotRunning);
  }

  void outputThatNobodyTakesIsNotFetched() {
    QTcpSocket* peer = nullptr;
    const QByteArray piece(64 * 1024, 'x');
    ScriptedServer server([&](const ScriptedServer::Request& request, QTcpSocket& socket) {
      if (!request.target.startsWith("/exec")) return ScriptedServer::reply(socket, 200, kSandbox);
      upgrade(request, socket);
      peer = &socket;
      for (int i = 0; i < 1024; ++i) socket.write(serverFrame(2, "\x01" + piece));
    });
    HttpFacade facade(server.url(), QStringLiteral("key"));
    const auto session = facade.exec().run(sandbox(), {});
    qint64 received = 0;
    bool consuming = false;
    connect(session.get(), &ExecSession::outputReceived, this, [&](OutputChannel, const QByteArray& bytes) {
      received += bytes.size();
      if (consuming) session->consumed(bytes.size());
    });
    QTRY_VERIFY(received >= 512 * 1024);
    QTest::qWait(100);
    QVERIFY2(received <= 640 * 1024, qPrintable(QString::number(received)));
    QVERIFY(peer->bytesToWrite() > 32 * 1024 * 1024);
    consuming = true;
    session->consumed(received);
    QTRY_COMPARE_WITH_TIMEOUT(received, 1024 * piece.size(), 20000);
  }

  void aFileIsReadAndOnlyAsFastAsItIsTaken() {
    const QByteArray content(64 * 1024 * 1024, 'y');
    QTcpSocket* peer = nullptr;
    ScriptedServer server([&](const ScriptedServer::Request& request, QTcpSocket& socket) {
      if (!request.target.startsWith("/files")) return ScriptedServer::reply(socket, 200, kSandbox);
      peer = &socket;
      ScriptedServer::reply(socket, 200, content);
    });
    HttpFacade facade(server.url(), QStringLiteral("key"));
    const auto stream = facade.files().read(sandbox(), "/a b", {});
    QSignalSpy opened(stream.get(), &ReadStream::opened);
    QSignalSpy finished(stream.get(), &ReadStream::finished);
    qint64 received = 0;
    bool consuming = false;
    connect(stream.get(), &ReadStream::chunkReceived, this, [&](const QByteArray& bytes) {
      received += bytes.size();
      if (consuming) stream->consumed(bytes.size());
    });
    QTRY_VERIFY(received >= 512 * 1024);
    QTest::qWait(100);
    QVERIFY2(received <= 640 * 1024, qPrintable(QString::number(received)));
    QVERIFY2(peer->bytesToWrite() > 32 * 1024 * 1024, qPrintable(QString::number(peer->bytesToWrite())));
    consuming = true;
    stream->consumed(received);
    QTRY_COMPARE_WITH_TIMEOUT(finished.count(), 1, 20000);
    QCOMPARE(received, content.size());
    QCOMPARE(opened.first().first().value<FileEntry>().size, content.size());
    QCOMPARE(server.requests.last().target, QByteArray("/files?path=%2Fa%20b"));
  }

  void aCutTransferFails() {
    ScriptedServer server([](const ScriptedServer::Request& request, QTcpSocket& socket) {
      if (!request.target.startsWith("/files")) return ScriptedServer::reply(socket, 200, kSandbox);
      socket.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf");
      socket.disconnectFromHost();
    });
    HttpFacade facade(server.url(), QStringLiteral("key"));
    const auto stream = facade.files().read(sandbox(), "/a", {});
    QSignalSpy failed(stream.get(), &ReadStream::failed);
    QSignalSpy finished(stream.get(), &ReadStream::finished);
    QTRY_COMPARE(failed.count(), 1);
    QCOMPARE(finished.count(), 0);
  }

  void aFileIsWrittenInChunks() {
    ScriptedServer server([](const ScriptedServer::Request& request, QTcpSocket& socket) {
      if (request.verb == "GET") return ScriptedServer::reply(socket, 200, kSandbox);
      ScriptedServer::reply(socket, 200, R"({"path":"/a","size":)" + QByteArray::number(request.body.size()) + "}");
    });
    HttpFacade facade(server.url(), QStringLiteral("key"));
    const auto stream = facade.files().write(sandbox(), "/a");
    QSignalSpy stored(stream.get(), &WriteStream::stored);
    stream->write("before it is open ");
    QTRY_VERIFY(server.requests.size() >= 1);
    stream->write(QByteArray(300000, 'z'));
    stream->finish();
    QTRY_COMPARE(stored.count(), 1);
    QCOMPARE(stored.first().first().toLongLong(), 300018);
    QVERIFY(server.requests.last().body.startsWith("before it is open zzz"));
  }

  void eventsArriveAndTheConnectionIsOpenedAgain() {
    int connections = 0;
    ScriptedServer server([&connections](const ScriptedServer::Request&, QTcpSocket& socket) {
      ++connections;
      socket.write("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\nevent: hello\ndata: {}\n\n");
      socket.write("event: sandbox\ndata: " + kSandbox + "\n\nevent: sandbox_removed\ndata: {\"id\":\"" + kId + "\"}\n\n");
      socket.write(
          "event: operation\ndata: {\"operation\":\"o\",\"kind\":\"create\",\"stage\":\"Copying memory\",\"finished\":true,"
          "\"error\":{\"code\":\"conflict\",\"message\":\"m\"}}\n\n");
      socket.write("event: statistics\ndata: {\"id\":\"" + kId + "\",\"cpu_percent\":12.5,\"listening_ports\":[80]}\n\n");
      socket.disconnectFromHost();
    });
    HttpFacade facade(server.url(), QStringLiteral("key"));
    auto& events = facade.events();
    std::vector<OperationProgress> progress;
    double cpu = 0;
    int changed = 0;
    int removed = 0;
    connect(&events, &Events::operationProgressed, this, [&](const OperationProgress& p) { progress.push_back(p); });
    connect(&events, &Events::statisticsChanged, this, [&](const SandboxStatistics& s) { cpu = s.cpuPercent; });
    connect(&events, &Events::sandboxChanged, this, [&](const SandboxInfo&) { ++changed; });
    connect(&events, &Events::sandboxRemoved, this, [&](const SandboxId&) { ++removed; });
    QTRY_VERIFY(connections >= 2);
    QTRY_VERIFY(changed >= 1 && removed >= 1);
    QCOMPARE(cpu, 12.5);
    QCOMPARE(progress.front().error->code, ErrorCode::Conflict);
    QCOMPARE(progress.front().stage, std::string("Copying memory"));
  }

  void withoutEventsTheListIsAskedFor() {
    ScriptedServer server([](const ScriptedServer::Request& request, QTcpSocket& socket) {
      if (request.target.startsWith("/local")) return ScriptedServer::reply(socket, 404, "{}");
      ScriptedServer::reply(socket, 200, "[" + kSandbox + "]");
    });
    HttpFacade facade(server.url(), QStringLiteral("key"));
    int changed = 0;
    connect(&facade.events(), &Events::sandboxChanged, this, [&](const SandboxInfo&) { ++changed; });
    QTRY_VERIFY(facade.events().isConnected());
    QCOMPARE(changed, 1);
  }

  void aWrongKeyIsSaid() {
    ScriptedServer server([](const auto&, QTcpSocket& socket) {
      ScriptedServer::reply(socket, 401, R"({"error":{"code":"auth_failed","message":"Invalid or missing X-API-Key header."}})");
    });
    HttpFacade facade(server.url(), QStringLiteral("key"));
    QSignalSpy changed(&facade.events(), &Events::connectionChanged);
    QTRY_VERIFY(changed.count() >= 1);
    QVERIFY(!changed.first().at(0).toBool());
    QVERIFY(changed.first().at(1).toString().contains(QStringLiteral("X-API-Key")));
  }

  void aLinkCarriesTheTokenOfAPrivatePort() {
    bool isPrivate = false;
    ScriptedServer server([&isPrivate](const auto&, QTcpSocket& socket) {
      isPrivate ? ScriptedServer::reply(socket, 200, R"({"token":"t0k","query_param":"superserve_preview_token"})")
                : ScriptedServer::reply(socket, 409, R"({"error":{"code":"conflict","message":"public"}})");
    });
    HttpFacade facade(server.url(), QStringLiteral("key"));
    const auto plain = *facade.ports().previewUrl(sandbox(), 8000);
    const auto open = await(facade.ports().previewLink(sandbox(), 8000));
    QVERIFY(open);
    QCOMPARE(*open, plain);
    isPrivate = true;
    const auto closed = await(facade.ports().previewLink(sandbox(), 8000));
    QVERIFY(closed);
    QCOMPARE(closed->toString(), plain.toString() + QStringLiteral("?superserve_preview_token=t0k"));
    QCOMPARE(server.requests.last().target, "/sandboxes/" + kId + "/preview-ports/8000/token");
    QVERIFY(!await(facade.ports().previewLink(sandbox(), 80)));
  }

  void addressesOfTheHostedServiceAreKnown() {
    ScriptedServer server([](const auto&, QTcpSocket& socket) { ScriptedServer::reply(socket, 200, "[]"); });
    auto slashes = server.url();
    slashes.setPath(QStringLiteral("/prefix//"));
    HttpFacade facade(slashes, QStringLiteral("key"));
    QVERIFY(await(facade.sandboxes().list({})));
    QCOMPARE(server.requests.first().target, QByteArray("/prefix/sandboxes"));
  }
};

QTEST_GUILESS_MAIN(HttpFacadeTest)
#include "httpfacadetest.moc"
