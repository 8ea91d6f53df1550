// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QJsonDocument>
#include <QTest>

#include "app/cli/mcp/exectool.h"
#include "app/cli/mcp/filetools.h"
#include "app/cli/mcp/mcpserver.h"
#include "backend/demo/demofacade.h"

using namespace terrarium;

class McpServerTest : public QObject {
  Q_OBJECT

  static QByteArray request(int id, const QString& method, const QJsonObject& params = {}) {
    return QJsonDocument(QJsonObject{{QStringLiteral("jsonrpc"), QStringLiteral("2.0")},
                                     {QStringLiteral("id"), id},
                                     {QStringLiteral("method"), method},
                                     {QStringLiteral("params"), params}})
        .toJson(QJsonDocument::Compact);
  }

  QJsonObject sent(qsizetype index) const { return QJsonDocument::fromJson(sent_.value(index)).object(); }
  QJsonObject last() const { return sent(sent_.size() - 1); }
  int errorCode() const { return last().value(QLatin1String("error")).toObject().value(QLatin1String("code")).toInt(); }
  QJsonObject result() const { return last().value(QLatin1String("result")).toObject(); }
  QString text() const {
    return result().value(QLatin1String("content")).toArray().at(0).toObject().value(QLatin1String("text")).toString();
  }
  void initialize(const QString& version = QStringLiteral("2025-11-25")) {
    server_->receive(request(0, QStringLiteral("initialize"), {{QStringLiteral("protocolVersion"), version}}));
  }
  void call(int id, const QString& tool, const QJsonObject& arguments) {
    server_->receive(
        request(id, QStringLiteral("tools/call"), {{QStringLiteral("name"), tool}, {QStringLiteral("arguments"), arguments}}));
  }
  static QJsonObject command(const QString& text) {
    return {{QStringLiteral("sandbox_id"), QStringLiteral("demo-for-friday")}, {QStringLiteral("command"), text}};
  }

 private slots:
  void init() {
    sent_.clear();
    facade_ = std::make_shared<DemoFacade>();
    problem_.reset();
    server_ = std::make_unique<McpServer>(
        [this](QObject*, const std::function<void(Result<std::shared_ptr<Facade>>)>& callback) {
          problem_ ? callback(failure(*problem_)) : callback(std::shared_ptr<Facade>(facade_));
        },
        [this](const QByteArray& line) { sent_ << line; });
  }
  void cleanup() { server_.reset(); }

  void theVersionIsNegotiated_data() {
    QTest::addColumn<QString>("asked");
    QTest::addColumn<QString>("agreed");
    QTest::newRow("current") << QStringLiteral("2025-11-25") << QStringLiteral("2025-11-25");
    QTest::newRow("older") << QStringLiteral("2024-11-05") << QStringLiteral("2024-11-05");
    QTest::newRow("unknown") << QStringLiteral("2099-01-01") << QStringLiteral("2025-11-25");
    QTest::newRow("nonsense") << QStringLiteral("x") << QStringLiteral("2025-11-25");
  }
  void theVersionIsNegotiated() {
    QFETCH(QString, asked);
    initialize(asked);
    QTEST(result().value(QLatin1String("protocolVersion")).toString(), "agreed");
  }

  void nothingButPingBeforeInitialize() {
    server_->receive(request(1, QStringLiteral("tools/list")));
    QCOMPARE(errorCode(), -32600);
    server_->receive(request(2, QStringLiteral("ping")));
    QVERIFY(last().contains(QLatin1String("result")));
    server_->receive(request(3, QStringLiteral("initialize")));
    QCOMPARE(errorCode(), -32602);
    initialize();
    initialize();
    QCOMPARE(errorCode(), -32600);
  }

  void everyListedToolRuns() {
    const ToolSet tools;
    QVERIFY(!tools.descriptions().isEmpty());
    for (const auto& each : tools.descriptions()) {
      const auto tool = each.toObject();
      QVERIFY2(tools.find(tool.value(QLatin1String("name")).toString()), qPrintable(tool.value(QLatin1String("name")).toString()));
    }
  }

  void theSchemasStateTheLimitsThatHold() {
    const ToolSet tools;
    const auto bound = [&tools](const char* tool, const char* field, const char* bound) {
      for (const auto& each : tools.descriptions()) {
        if (each.toObject().value(QLatin1String("name")) != QLatin1String(tool)) continue;
        const auto schema = each.toObject().value(QLatin1String("inputSchema")).toObject();
        const auto fields = schema.value(QLatin1String("properties")).toObject();
        return fields.value(QLatin1String(field)).toObject().value(QLatin1String(bound)).toInteger(-1);
      }
      return qint64(-1);
    };
    QCOMPARE(bound("sandbox_exec", "timeout_seconds", "maximum"), qint64(kExecLongest.count()));
    QCOMPARE(bound("sandbox_exec", "timeout_seconds", "default"), qint64(kExecDefault.count()));
    QCOMPARE(bound("sandbox_fork", "count", "maximum"), qint64(ForkSpec::kMaxCount));
    QCOMPARE(bound("sandbox_files_read", "max_bytes", "maximum"), kMostRead);
  }

  void unknownThingsAreRefused() {
    initialize();
    server_->receive(request(1, QStringLiteral("resources/list")));
    QCOMPARE(errorCode(), -32601);
    call(2, QStringLiteral("no_such_tool"), {});
    QCOMPARE(errorCode(), -32602);
    server_->receive(request(3, QStringLiteral("tools/list"), {{QStringLiteral("cursor"), QStringLiteral("x")}}));
    QCOMPARE(errorCode(), -32602);
    const auto before = sent_.size();
    server_->receive(R"({"jsonrpc":"2.0","method":"notifications/unheard_of"})");
    server_->receive(R"({"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":99}})");
    server_->receive(R"({"jsonrpc":"2.0","id":4,"result":{}})");
    server_->receive("  ");
    QCOMPARE(sent_.size(), before);
  }

  void aCallIsAnsweredOnce() {
    initialize();
    call(1, QStringLiteral("sandbox_exec"), command(QStringLiteral("echo hello")));
    QTRY_COMPARE(sent_.size(), 2);
    const auto structured = result().value(QLatin1String("structuredContent")).toObject();
    QCOMPARE(structured.value(QLatin1String("stdout")).toString(), QStringLiteral("hello\n"));
    QCOMPARE(structured.value(QLatin1String("exit_code")).toInt(), 0);
    QCOMPARE(server_->runningCalls(), 0);
  }

  void problemsAreSentencesForTheModel() {
    initialize();
    problem_ = Error{ErrorCode::Unavailable, "The engine cannot be started."};
    call(1, QStringLiteral("template_list"), {});
    QVERIFY(result().value(QLatin1String("isError")).toBool());
    QCOMPARE(text(), QStringLiteral("The engine cannot be started."));
    problem_.reset();
    call(2, QStringLiteral("sandbox_info"), {});
    QVERIFY2(text().contains(QStringLiteral("sandbox_id")), qPrintable(text()));
    call(3, QStringLiteral("template_list"), {{QStringLiteral("colour"), QStringLiteral("red")}});
    QVERIFY2(text().contains(QStringLiteral("colour")), qPrintable(text()));
    QCOMPARE(server_->runningCalls(), 0);
  }

  void aCancelledCallIsNotAnswered() {
    initialize();
    call(1, QStringLiteral("sandbox_exec"), command(QStringLiteral("sleep 60")));
    QCOMPARE(server_->runningCalls(), 1);
    server_->receive(R"({"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":"1"}})");
    QCOMPARE(server_->runningCalls(), 1);  // "1" is not 1
    server_->receive(R"({"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":1}})");
    QCOMPARE(server_->runningCalls(), 0);
    call(2, QStringLiteral("sandbox_exec"), command(QStringLiteral("echo next")));
    QTRY_COMPARE(sent_.size(), 2);
    QCOMPARE(last().value(QLatin1String("id")).toInt(), 2);
  }

  void anIdIsUsedOnceAtATime() {
    initialize();
    call(1, QStringLiteral("sandbox_exec"), command(QStringLiteral("sleep 60")));
    call(1, QStringLiteral("sandbox_exec"), command(QStringLiteral("echo twin")));
    QCOMPARE(errorCode(), -32600);
    QCOMPARE(server_->runningCalls(), 1);
  }

  void callsAreBounded() {
    initialize();
    for (int id = 1; id <= 100; ++id) call(id, QStringLiteral("sandbox_exec"), command(QStringLiteral("sleep 60")));
    QCOMPARE(server_->runningCalls(), 64);
    QVERIFY(result().value(QLatin1String("isError")).toBool());
    server_->cancelAll();
    QCOMPARE(server_->runningCalls(), 0);
  }

 private:
  QByteArrayList sent_;
  std::shared_ptr<DemoFacade> facade_;
  std::optional<Error> problem_;
  std::unique_ptr<McpServer> server_;
};

QTEST_GUILESS_MAIN(McpServerTest)
#include "mcpservertest.moc"
