// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <csignal>

#include "app/launch/enginelauncher.h"
#include "app/launch/enginestopper.h"

using namespace terrarium;

namespace {
// Answers every request, says in a file that it began, and leaves its endpoint where the engine does.
const char* const kEngine = R"(
import http.server, json, os, sys
class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200); self.send_header('Content-Length', '2'); self.end_headers(); self.wfile.write(b'{}')
    def log_message(self, *words): pass
home = sys.argv[1]
open(home + '/starts', 'a').write('x')
server = http.server.HTTPServer(('127.0.0.1', 0), Handler)
entry = {'url': 'http://127.0.0.1:%d' % server.server_port, 'api_key': 'k', 'pid': os.getpid(), 'version': '1'}
open(home + '/run/new', 'w').write(json.dumps(entry)); os.rename(home + '/run/new', home + '/run/endpoint.json')
server.serve_forever()
)";
}  // namespace

class EngineLauncherTest : public QObject {
  Q_OBJECT

 private slots:
  void init() {
    home_ = std::make_unique<QTemporaryDir>();
    directories_ = {home_->filePath(QStringLiteral("data")), home_->filePath(QStringLiteral("state")),
                    home_->filePath(QStringLiteral("cache")), home_->filePath(QStringLiteral("run"))};
    qputenv("TERRARIUM_HOME", home_->path().toLocal8Bit());
    QFile script(home_->filePath(QStringLiteral("engine.py")));
    QVERIFY(script.open(QIODevice::WriteOnly));
    script.write(kEngine);
  }

  void cleanup() {
    if (const auto endpoint = readEndpoint(directories_)) ::kill(static_cast<pid_t>(endpoint->processId), SIGKILL);
  }

  void twoStartersStartOneEngineAndItCanBeStopped() {
    EngineLauncher first(directories_);
    EngineLauncher second(directories_);
    std::optional<Result<Endpoint>> one;
    std::optional<Result<Endpoint>> two;
    prepare(first);
    prepare(second);
    whenDone(first.ensureRunning(), this, [&one](Result<Endpoint> endpoint) { one = std::move(endpoint); });
    whenDone(second.ensureRunning(), this, [&two](Result<Endpoint> endpoint) { two = std::move(endpoint); });
    QTRY_VERIFY_WITH_TIMEOUT(one && two, 15000);
    QVERIFY2(*one && *two, one->has_value() ? "" : one->error().message.c_str());
    QCOMPARE((*one)->processId, (*two)->processId);
    QFile starts(home_->filePath(QStringLiteral("starts")));
    QVERIFY(starts.open(QIODevice::ReadOnly));
    QCOMPARE(starts.readAll(), QByteArray("x"));

    EngineStopper stopper;
    std::optional<Result<void>> stopped;
    whenDone(stopper.stop(**one, std::chrono::seconds(10)), this, [&stopped](Result<void> result) { stopped = std::move(result); });
    QTRY_VERIFY_WITH_TIMEOUT(stopped, 15000);
    QVERIFY(*stopped);
    QVERIFY(!readEndpoint(directories_));
  }

  void anEngineThatDiesIsReportedWithItsLog() {
    EngineLauncher launcher(directories_);
    launcher.setProgram(QStringLiteral("/bin/false"), {QStringLiteral("x")});
    std::optional<Result<Endpoint>> answer;
    whenDone(launcher.ensureRunning(), this, [&answer](Result<Endpoint> endpoint) { answer = std::move(endpoint); });
    QTRY_VERIFY_WITH_TIMEOUT(answer, 10000);
    QVERIFY(!*answer);
    QCOMPARE(answer->error().code, ErrorCode::Unavailable);
    QVERIFY(answer->error().message.find("engine.log") != std::string::npos);
  }

  void aMissingProgramIsSaid() {
    EngineLauncher launcher(directories_);
    launcher.setProgram({}, {});
    std::optional<Result<Endpoint>> answer;
    whenDone(launcher.ensureRunning(), this, [&answer](Result<Endpoint> endpoint) { answer = std::move(endpoint); });
    QTRY_VERIFY(answer);
    QVERIFY(!*answer);
    QVERIFY(answer->error().message.find("terrariumd") != std::string::npos);
  }

 private:
  void prepare(EngineLauncher& launcher) {
    launcher.setProgram(QStringLiteral("python3"), {home_->filePath(QStringLiteral("engine.py")), home_->path()});
  }

  std::unique_ptr<QTemporaryDir> home_;
  Directories directories_;
};

QTEST_GUILESS_MAIN(EngineLauncherTest)
#include "enginelaunchertest.moc"
