// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What leaves a sandbox on a real machine, and what does not. The engine lives in a network of its own, in which this test program
// is the only other computer, with servers at an address that counts as public.

#include <QDir>
#include <QJsonArray>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>
#include <csignal>
#include <memory>

#include "tests/system/support/liveengine.h"
#include "tests/system/support/ownmounts.h"
#include "tests/system/support/sandboxjson.h"
#include "tests/system/support/twonetworks.h"

using namespace terrarium;

namespace {

constexpr quint16 kWeb = 80;
constexpr quint16 kChat = 2222;

/// Answers each request of a browser, or greets first like an SSH server and repeats what it is told.
class Target : public QTcpServer {
 public:
  explicit Target(quint16 port) : port_(port) {
    connect(this, &QTcpServer::newConnection, this, [this] {
      while (auto* socket = nextPendingConnection()) {
        ++visits;
        connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
        connect(socket, &QTcpSocket::readyRead, this, [this, socket] { hear(socket); });
        if (port_ == kChat) socket->write("hello\n");
      }
    });
  }
  [[nodiscard]] bool listenHere() { return listen(QHostAddress(QLatin1String(TwoNetworks::kHere)), port_); }

  int visits = 0;

 private:
  void hear(QTcpSocket* socket) const {
    if (port_ == kChat) {
      socket->write(socket->readAll());
    } else if (socket->peek(8192).contains("\r\n\r\n")) {
      socket->readAll();
      socket->write("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nserved");
    }
  }
  quint16 port_;
};

QJsonObject rules(const QStringList& allow, const QStringList& deny) {
  return {{QStringLiteral("allow_out"), QJsonArray::fromStringList(allow)},
          {QStringLiteral("deny_out"), QJsonArray::fromStringList(deny)}};
}

}  // namespace

class EgressTest : public QObject {
  Q_OBJECT

 private slots:
  void initTestCase() {
    QVERIFY(home_.isValid());
    const auto problem = TwoNetworks::connect();
    QVERIFY2(problem.isEmpty(), problem);
    nameTheTargets();
    QVERIFY2(web_.listenHere() && chat_.listenHere(), qPrintable(web_.errorString() + chat_.errorString()));
    engine_ = std::make_unique<LiveEngine>(home_.filePath(QStringLiteral("home")), LiveEngine::sharedImageCache());
    const auto address = QString::fromLatin1(TwoNetworks::kThere);
    engine_->liveAt(address, TwoNetworks::goThere(), {QStringLiteral("--listen"), address});
    const auto unbuilt = engine_->startWithBase();
    QVERIFY2(unbuilt.isEmpty(), unbuilt);
  }

  void whatTheRulesAllowGetsOut_data() {
    QTest::addColumn<QStringList>("allow");
    QTest::addColumn<QStringList>("deny");
    QTest::addColumn<QString>("command");
    QTest::addColumn<QString>("answer");  // empty: it must not get through
    const QString curl = QStringLiteral("curl -sS --max-time 20 ");
    const QString byAddress = curl + QStringLiteral("http://192.0.2.2/");
    const QString byName = curl + QStringLiteral("http://api.example.test/");
    const QString otherName = curl + QStringLiteral("http://other.example.test/");
    const QString served = QStringLiteral("served");
    const QString chat = QStringLiteral(
        "bash -c 'exec 3<>/dev/tcp/api.example.test/2222; read line <&3; echo mine >&3; read back <&3; echo $line $back'");
    const QStringList all{QStringLiteral("0.0.0.0/0")};
    const QStringList named{QStringLiteral("api.example.test")};
    const QStringList wildcard{QStringLiteral("*.example.test")};
    QTest::newRow("open: address") << QStringList() << QStringList() << byAddress << served;
    QTest::newRow("open: name") << QStringList() << QStringList() << byName << served;
    QTest::newRow("open: server speaks first") << QStringList() << QStringList() << chat << QStringLiteral("hello mine");
    QTest::newRow("name allowed") << named << QStringList() << byName << served;
    QTest::newRow("name allowed, all denied") << named << all << byName << served;
    QTest::newRow("name allowed: any port of its address") << named << all << chat << QStringLiteral("hello mine");
    QTest::newRow("another name") << named << QStringList() << otherName << QString();
    QTest::newRow("its address without its name") << named << QStringList() << byAddress << QString();
    QTest::newRow("another name at its address")
        << named << QStringList() << byName + QStringLiteral(" -H 'Host: other.example.test'") << QString();
    QTest::newRow("wildcard") << wildcard << QStringList() << otherName << served;
    QTest::newRow("all denied") << QStringList() << all << byName << QString();
    QTest::newRow("address allowed") << QStringList{QStringLiteral("192.0.2.2")} << all << byAddress << served;
    QTest::newRow("network denied") << QStringList() << QStringList{QStringLiteral("192.0.2.0/24")} << byAddress << QString();
    QTest::newRow("this computer") << all << QStringList() << curl + engine_->url().toString() + QStringLiteral("/health")
                                   << QString();
    QTest::newRow("its loopback") << all << QStringList() << curl + QStringLiteral("http://127.0.0.1:1/") << QString();
    QTest::newRow("private network") << all << QStringList() << curl + QStringLiteral("http://10.1.2.3/") << QString();
    QTest::newRow("metadata service") << all << QStringList() << curl + QStringLiteral("http://169.254.169.254/") << QString();
  }
  void whatTheRulesAllowGetsOut() {
    QFETCH(QStringList, allow);
    QFETCH(QStringList, deny);
    QFETCH(QString, command);
    QFETCH(QString, answer);
    const auto box = boxWith(rules(allow, deny));
    QVERIFY(!idOf(box).isEmpty());
    const auto ran = engine_->exec(box, command, 40).object();
    const auto out = text(ran, "stdout").trimmed();
    const auto err = text(ran, "stderr");
    if (answer.isEmpty()) {
      QVERIFY2(ran.value(QLatin1String("exit_code")).toInt() != 0 || out != QLatin1String("served"), qPrintable(out + err));
      QVERIFY2(!err.contains(QLatin1String("timed out")), qPrintable(QStringLiteral("it hangs instead of being refused: ") + err));
    } else {
      QVERIFY2(out == answer, qPrintable(out + QLatin1Char('|') + err));
    }
    remove(box);
  }

  void changedRulesHoldAtOnceAndForOpenConnections() {
    const auto box = boxWith({});
    // What an exec starts ends with it, so it is still running while others look.
    engine_->fire("POST", pathOf(box) + QStringLiteral("/exec"),
                  R"({"timeout_s":60,"command":"bash -c 'exec 3<>/dev/tcp/192.0.2.2/2222; read l <&3; echo open > /tmp/state; )"
                  R"(read l <&3; echo cut > /tmp/state'"})");
    const auto state = [this, &box] { return answer(box, QStringLiteral("cat /tmp/state")); };
    QTRY_COMPARE_WITH_TIMEOUT(state(), QStringLiteral("open"), 30000);
    patch(box, rules({}, {QStringLiteral("192.0.2.0/24")}));
    QTRY_COMPARE_WITH_TIMEOUT(state(), QStringLiteral("cut"), 30000);
    QVERIFY(answer(box, QStringLiteral("curl -sS --max-time 20 http://192.0.2.2/")) != QLatin1String("served"));
    patch(box, rules({}, {}));
    QCOMPARE(answer(box, QStringLiteral("curl -sS --max-time 20 http://192.0.2.2/")), QStringLiteral("served"));
    remove(box);
  }

  void rulesHoldOverPauseAndFork() {
    const auto box = boxWith(rules({QStringLiteral("api.example.test")}, {}));
    QCOMPARE(engine_->call("POST", pathOf(box) + QStringLiteral("/pause")).status, 204);
    const auto again = engine_->call("POST", pathOf(box) + QStringLiteral("/activate")).object();
    QCOMPARE(answer(again, QStringLiteral("curl -sS --max-time 20 http://api.example.test/")), QStringLiteral("served"));
    QVERIFY(answer(again, QStringLiteral("curl -sS --max-time 20 http://other.example.test/")) != QLatin1String("served"));
    const auto forked = engine_->call("POST", QStringLiteral("/local") + pathOf(box) + QStringLiteral("/fork"), R"({"count":2})");
    const auto clones = forked.array();
    QVERIFY2(clones.size() == 2, forked.body);
    for (const auto& each : clones) {
      const auto clone = each.toObject();
      QCOMPARE(answer(clone, QStringLiteral("curl -sS --max-time 20 http://api.example.test/")), QStringLiteral("served"));
      QVERIFY(answer(clone, QStringLiteral("curl -sS --max-time 20 http://other.example.test/")) != QLatin1String("served"));
      remove(clone);
    }
    remove(box);
  }

  void gatewayThatDiesIsStartedAgain_data() {
    QTest::addColumn<QByteArray>("program");
    QTest::newRow("netstack") << QByteArray("terrarium-netstack");
    QTest::newRow("egress") << QByteArray("terrarium-egress");
  }
  void gatewayThatDiesIsStartedAgain() {
    QFETCH(QByteArray, program);
    const auto box = boxWith(rules({}, {QStringLiteral("198.51.100.0/24")}));
    const auto before = gateways(program);
    QCOMPARE(before.size(), 1);
    ::kill(static_cast<pid_t>(before.front()), SIGKILL);
    QTRY_VERIFY_WITH_TIMEOUT(gateways(program).size() == 1 && gateways(program) != before, 20000);
    QTRY_COMPARE_WITH_TIMEOUT(answer(box, QStringLiteral("curl -sS --max-time 20 http://192.0.2.2/")), QStringLiteral("served"),
                              60000);
    remove(box);
  }

  void nothingIsLeftBehind() {
    QTRY_COMPARE(engine_->call("GET", QStringLiteral("/sandboxes")).array().size(), 0);
    QTRY_COMPARE(gateways("terrarium-netstack").size() + gateways("terrarium-egress").size(), 0);
    QCOMPARE(engine_->stop(), 0);
  }

 private:
  // The engine resolves names as every program of its computer does.
  void nameTheTargets() {
    QFile hosts(home_.filePath(QStringLiteral("hosts")));
    QVERIFY(hosts.open(QIODevice::WriteOnly));
    hosts.write("127.0.0.1 localhost\n192.0.2.2 api.example.test other.example.test\n10.1.2.3 inside.example.test\n");
    hosts.close();
    OwnMounts::cover(QStringLiteral("/etc/hosts"), hosts.fileName());
  }

  QJsonObject boxWith(const QJsonObject& network) {
    QJsonObject request{{QStringLiteral("name"), QStringLiteral("out")}};
    if (!network.isEmpty()) request.insert(QStringLiteral("network"), network);
    const auto made = engine_->create(request);
    if (made.status != 201) qWarning("%s", made.body.constData());
    return made.object();
  }
  void patch(const QJsonObject& box, const QJsonObject& network) {
    const QJsonObject body{{QStringLiteral("network"), network}};
    const auto reply = engine_->call("PATCH", pathOf(box), QJsonDocument(body).toJson(QJsonDocument::Compact));
    QVERIFY2(reply.status / 100 == 2, reply.body);
  }
  QString answer(const QJsonObject& box, const QString& command) {
    return text(engine_->exec(box, command, 40).object(), "stdout").trimmed();
  }
  void remove(const QJsonObject& box) { engine_->call("DELETE", pathOf(box)); }

  /// Processes of this engine with that program.
  QList<qint64> gateways(const QByteArray& program) const {
    QList<qint64> found;
    const auto processes = QDir(QStringLiteral("/proc")).entryList(QDir::Dirs);
    for (const auto& entry : processes) {
      QFile status(QStringLiteral("/proc/%1/status").arg(entry));
      if (!status.open(QIODevice::ReadOnly)) continue;
      const auto lines = status.readAll();
      QFile line(QStringLiteral("/proc/%1/cmdline").arg(entry));
      if (!line.open(QIODevice::ReadOnly) || !line.readAll().split('\0').first().endsWith(program)) continue;
      if (lines.contains("\nPPid:\t" + QByteArray::number(engine_->enginePid()) + '\n')) found << entry.toLongLong();
    }
    return found;
  }

  QTemporaryDir home_{QDir::tempPath() + QStringLiteral("/terrarium-egress-XXXXXX")};
  Target web_{kWeb};
  Target chat_{kChat};
  std::unique_ptr<LiveEngine> engine_;
};

int main(int argc, char** argv) {
  TwoNetworks::enterWithOwnMountsOrDie();
  QCoreApplication application(argc, argv);
  EgressTest test;
  return QTest::qExec(&test, argc, argv);
}

#include "egresstest.moc"
