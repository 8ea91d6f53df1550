// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QSignalSpy>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>
#include <array>
#include <netinet/in.h>
#include <optional>
#include <sys/socket.h>
#include <unistd.h>
#include <utility>

#include "backend/guest/serialguestagents.h"
#include "tests/unit/guest/agentprocess.h"

using namespace terrarium;
using namespace std::chrono_literals;

namespace {

/// Collects what a connection says; consumes at once unless told otherwise.
struct Peer {
  explicit Peer(std::unique_ptr<PortConnection> made, bool consume = true) : connection(std::move(made)) {
    auto* it = connection.get();
    QObject::connect(it, &PortConnection::opened, it, [this] { open = true; });
    QObject::connect(it, &PortConnection::received, it, [this, it, consume](const QByteArray& bytes) {
      heard += bytes;
      if (consume) it->consumed(bytes.size());
    });
    QObject::connect(it, &PortConnection::ended, it, [this] { ended = true; });
    QObject::connect(it, &PortConnection::closed, it, [this] { closed = true; });
    QObject::connect(it, &PortConnection::failed, it, [this](const Error& given) { error = given; });
  }

  std::unique_ptr<PortConnection> connection;
  QByteArray heard;
  bool open = false;
  bool ended = false;
  bool closed = false;
  std::optional<Error> error;
};

/// A server for one connection, bare: a QTcpSocket gives up writing when its peer has finished.
class Inside {
 public:
  Inside() : listener_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof(address);
    auto* bare = reinterpret_cast<sockaddr*>(&address);
    if (::bind(listener_, bare, size) != 0 || ::listen(listener_, 1) != 0 || ::getsockname(listener_, bare, &size) != 0)
      qFatal("listen");
    port_ = ntohs(address.sin_port);
  }
  Inside(const Inside&) = delete;
  Inside& operator=(const Inside&) = delete;
  ~Inside() {
    close();
    ::close(listener_);
  }

  [[nodiscard]] int port() const { return port_; }
  void accept() { fd_ = ::accept(listener_, nullptr, nullptr); }
  [[nodiscard]] bool hears(const QByteArray& expected) {
    return QTest::qWaitFor([this, &expected] { return read() && heard_ == expected; });
  }
  [[nodiscard]] bool hearsTheEnd() {
    return QTest::qWaitFor([this] {
      static_cast<void>(read());
      return ended_;
    });
  }
  void say(const QByteArray& bytes) {
    QCOMPARE(::send(fd_, bytes.constData(), static_cast<std::size_t>(bytes.size()), 0), bytes.size());
  }
  void close() {
    if (fd_ >= 0) ::close(std::exchange(fd_, -1));
  }
  void reset() {
    const linger now{1, 0};
    ::setsockopt(fd_, SOL_SOCKET, SO_LINGER, &now, sizeof(now));
    close();
  }

 private:
  bool read() {
    std::array<char, 4096> buffer{};
    const auto count = ::recv(fd_, buffer.data(), buffer.size(), MSG_DONTWAIT);
    if (count > 0) heard_.append(buffer.data(), count);
    ended_ = ended_ || count == 0;
    return true;
  }

  int listener_;
  int port_ = 0;
  int fd_ = -1;
  QByteArray heard_;
  bool ended_ = false;
};

}  // namespace

/// Connections through the real agent program to a server of the test.
class PortTunnelTest : public QObject {
  Q_OBJECT

 private slots:
  void initTestCase() {
    const auto connected = answerOf(agents_.connect(process_.socket(), 10s));
    QVERIFY2(connected.has_value(), connected ? "" : connected.error().message.c_str());
    agent_ = *connected;
  }

  void init() {
    server_ = std::make_unique<QTcpServer>();
    QVERIFY(server_->listen(QHostAddress::LocalHost));
  }

  void cleanup() { server_.reset(); }

  void bytesGoBothWaysAndEachEndsByItself() {
    Inside inside;
    Peer peer(agent_->connectPort(inside.port()));
    QTRY_VERIFY(peer.open);
    inside.accept();
    peer.connection->write("question");
    QVERIFY(inside.hears("question"));
    peer.connection->closeWrite();
    QVERIFY(inside.hearsTheEnd());
    QVERIFY(!peer.ended);
    inside.say("answer");
    inside.close();
    QTRY_VERIFY(peer.closed);
    QVERIFY(peer.ended);
    QCOMPARE(peer.heard, QByteArray("answer"));
    QVERIFY(!peer.error);
  }

  void theProgramMayEndFirst() {
    Peer peer(agent_->connectPort(server_->serverPort()));
    auto* inside = accepted();
    QVERIFY(inside != nullptr);
    inside->write("bye");
    inside->disconnectFromHost();
    QTRY_VERIFY(peer.ended);
    QCOMPARE(peer.heard, QByteArray("bye"));
    QVERIFY(!peer.closed);
    peer.connection->closeWrite();
    QTRY_VERIFY(peer.closed);
  }

  void aServerOnIpv6OnlyIsFound() {
    QTcpServer other;
    if (!other.listen(QHostAddress::LocalHostIPv6)) QSKIP("no IPv6 here");
    Peer peer(agent_->connectPort(other.serverPort()));
    QTRY_VERIFY(peer.open);
  }

  void nobodyListening() {
    const auto port = server_->serverPort();
    server_->close();
    Peer peer(agent_->connectPort(port));
    QTRY_VERIFY(peer.error.has_value());
    QCOMPARE(peer.error->code, ErrorCode::NotFound);
    QVERIFY(peer.error->message.find(std::to_string(port)) != std::string::npos);
    QVERIFY(!peer.open);
  }

  void portsThatCannotBe_data() {
    QTest::addColumn<int>("port");
    QTest::newRow("zero") << 0;
    QTest::newRow("too high") << 65536;
    QTest::newRow("negative") << -1;
  }

  void portsThatCannotBe() {
    QFETCH(int, port);
    Peer peer(agent_->connectPort(port));
    QTRY_VERIFY(peer.error.has_value());
    QCOMPARE(peer.error->code, ErrorCode::BadRequest);
    QCOMPARE(peer.error->field, std::string("port"));
  }

  void muchArrivesWholeAndInOrder() {
    QByteArray much(8'000'000, Qt::Uninitialized);
    for (qsizetype i = 0; i < much.size(); ++i) much[i] = static_cast<char>((i * 7 + i / 251) & 0xff);
    Peer peer(agent_->connectPort(server_->serverPort()));
    auto* inside = accepted();
    QVERIFY(inside != nullptr);
    QByteArray heardInside;
    connect(inside, &QTcpSocket::readyRead, inside, [&heardInside, inside] { heardInside += inside->readAll(); });
    QSignalSpy drained(peer.connection.get(), &PortConnection::drained);
    peer.connection->write(much);
    inside->write(much);
    QTRY_COMPARE_WITH_TIMEOUT(heardInside.size(), much.size(), 30000);
    QTRY_COMPARE_WITH_TIMEOUT(peer.heard.size(), much.size(), 30000);
    QVERIFY(heardInside == much);
    QVERIFY(peer.heard == much);
    QCOMPARE(drained.count(), 1);
  }

  void aSlowReceiverHoldsUpTheProgram() {
    Peer peer(agent_->connectPort(server_->serverPort()), false);
    auto* inside = accepted();
    QVERIFY(inside != nullptr);
    inside->write(QByteArray(20'000'000, 'x'));
    QTRY_COMPARE(peer.heard.size(), 256 * 1024);
    QVERIFY(answerOf(agent_->ping()).has_value());
    QCOMPARE(peer.heard.size(), 256 * 1024);
    QVERIFY(inside->bytesToWrite() > 0);
  }

  void aProgramThatDoesNotReadHoldsUpTheSender() {
    server_->setMaxPendingConnections(1);
    Peer peer(agent_->connectPort(server_->serverPort()));
    auto* inside = accepted();
    QVERIFY(inside != nullptr);
    inside->setReadBufferSize(1024);
    peer.connection->write(QByteArray(64'000'000, 'x'));
    QVERIFY(answerOf(agent_->ping()).has_value());
    QVERIFY(peer.connection->pending() > 32'000'000);
  }

  void lettingGoResetsTheConnection() {
    auto peer = std::make_unique<Peer>(agent_->connectPort(server_->serverPort()));
    auto* inside = accepted();
    QVERIFY(inside != nullptr);
    QTRY_VERIFY(peer->open);
    QSignalSpy broken(inside, &QTcpSocket::errorOccurred);
    peer.reset();
    QTRY_COMPARE(broken.count(), 1);
    QCOMPARE(inside->error(), QAbstractSocket::RemoteHostClosedError);
  }

  void aResetIsTold() {
    Inside inside;
    Peer peer(agent_->connectPort(inside.port()));
    QTRY_VERIFY(peer.open);
    inside.accept();
    inside.reset();
    QTRY_VERIFY(peer.error.has_value());
    QCOMPARE(peer.error->code, ErrorCode::Unavailable);
    QVERIFY(!peer.closed);
  }

  void whatWasSaidBeforeAResetArrives() {
    // As a server does that refuses an upload: it answers and goes without reading the rest.
    Inside inside;
    Peer peer(agent_->connectPort(inside.port()));
    QTRY_VERIFY(peer.open);
    inside.accept();
    peer.connection->write(QByteArray(4'000'000, 'x'));
    inside.say("too large");
    inside.close();
    QTRY_VERIFY(peer.error.has_value());
    QCOMPARE(peer.heard, QByteArray("too large"));
  }

  void theEndOfTheConversationEndsIt() {
    AgentProcess process;
    auto other = answerOf(agents_.connect(process.socket(), 10s));
    QVERIFY(other.has_value());
    Peer peer((*other)->connectPort(server_->serverPort()));
    QTRY_VERIFY(peer.open);
    other->reset();
    QTRY_VERIFY(peer.error.has_value());
    QCOMPARE(peer.error->code, ErrorCode::Unavailable);
  }

 private:
  QTcpSocket* accepted() {
    if (!QTest::qWaitFor([this] { return server_->hasPendingConnections(); }, 5000)) return nullptr;
    return server_->nextPendingConnection();
  }

  SerialGuestAgents agents_;
  AgentProcess process_;
  std::shared_ptr<GuestAgent> agent_;
  std::unique_ptr<QTcpServer> server_;
};

QTEST_GUILESS_MAIN(PortTunnelTest)
#include "porttunneltest.moc"
