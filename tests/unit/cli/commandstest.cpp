// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QDir>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include "backend/demo/demofacade.h"
#include "backend/httpapi/httpserver.h"

using namespace terrarium;

namespace {
struct Ending {
  int exitCode = -1;
  QByteArray output;
  QByteArray problem;
};
}  // namespace

/// The real program against a server of this test, behind which the demonstration works.
class CommandsTest : public QObject {
  Q_OBJECT

  static HttpConfig config() {
    HttpConfig config;
    config.apiKey = QStringLiteral("ss_live_commands");
    config.tokenSeed = "seed";
    return config;
  }

  Ending ctl(const QStringList& words) {
    QProcess process;
    auto environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("TERRARIUM_HOME"), folder_.path());
    environment.insert(QStringLiteral("TERRARIUM_ENGINE"), QStringLiteral("http://127.0.0.1:%1").arg(port_));
    environment.insert(QStringLiteral("TERRARIUM_API_KEY"), config().apiKey);
    process.setProcessEnvironment(environment);
    process.setWorkingDirectory(folder_.path());
    process.setStandardInputFile(QProcess::nullDevice());
    process.start(QStringLiteral(TERRARIUM_BINARY_DIR "/bin/terrariumctl"), words);
    // The server lives in this thread.
    if (!QTest::qWaitFor([&process] { return process.state() == QProcess::NotRunning; }, 30000)) process.kill();
    return {process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1, process.readAllStandardOutput(),
            process.readAllStandardError()};
  }

  void write(const QString& path, const QByteArray& text) {
    const auto whole = folder_.filePath(path);
    QVERIFY(QDir().mkpath(QFileInfo(whole).path()));
    QFile file(whole);
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(text) == text.size());
  }

 private slots:
  void init() {
    demo_ = std::make_unique<DemoFacade>(DemoOptions{std::chrono::milliseconds(2), std::chrono::milliseconds(20), false, nullptr});
    server_ = std::make_unique<HttpServer>(*demo_, config());
    const auto port = server_->start();
    QVERIFY(port);
    port_ = *port;
  }
  void cleanup() {
    server_.reset();
    demo_.reset();
  }

  void aScriptGetsTheIdentityAlone() {
    const auto made = ctl({QStringLiteral("create"), QStringLiteral("box")});
    QCOMPARE(made.exitCode, 0);
    QVERIFY2(SandboxId::parse(made.output.trimmed().toStdString()), made.output);
    const auto taken = ctl({QStringLiteral("snapshot"), QStringLiteral("create"), QString::fromLatin1(made.output.trimmed())});
    QVERIFY2(SandboxId::parse(taken.output.trimmed().toStdString()), taken.output);
  }

  void aCreateWithoutANameSaysThatItIsMissing() {
    const auto ending = ctl({QStringLiteral("create")});
    QCOMPARE(ending.exitCode, 2);
    QVERIFY2(ending.problem.contains("create needs a name"), ending.problem);
  }

  void aTemplateThatIsNotReadyComesWithWhatToDo() {
    const auto ending = ctl({QStringLiteral("create"), QStringLiteral("box"), QStringLiteral("-t"), QStringLiteral("agent-tools")});
    QCOMPARE(ending.exitCode, 4);
    QVERIFY2(ending.problem.contains("(status=failed)"), ending.problem);
    QVERIFY2(ending.problem.contains("'terrariumctl template build agent-tools'"), ending.problem);
  }

  void aFilterThatFitsNoneDoesNotDenyTheOthers() {
    QVERIFY(ctl({QStringLiteral("list")}).problem.contains("There are no sandboxes."));
    QCOMPARE(ctl({QStringLiteral("create"), QStringLiteral("box")}).exitCode, 0);
    for (const auto& words : {QStringList{QStringLiteral("--tag"), QStringLiteral("x=y")},
                              QStringList{QStringLiteral("--status"), QStringLiteral("paused")},
                              QStringList{QStringLiteral("--name"), QStringLiteral("other")}}) {
      const auto ending = ctl(QStringList{QStringLiteral("list")} + words);
      QCOMPARE(ending.exitCode, 0);
      QVERIFY2(ending.problem.startsWith("No sandbox matches."), ending.problem);
    }
  }

  void whatIsPausedIsPausedAlready() {
    QCOMPARE(ctl({QStringLiteral("create"), QStringLiteral("box")}).exitCode, 0);
    auto again = ctl({QStringLiteral("resume"), QStringLiteral("box")});
    QCOMPARE(again.exitCode, 4);
    QCOMPARE(again.problem, QByteArray("terrariumctl: box is active already.\n"));
    QCOMPARE(ctl({QStringLiteral("pause"), QStringLiteral("box")}).exitCode, 0);
    again = ctl({QStringLiteral("pause"), QStringLiteral("box")});
    QCOMPARE(again.exitCode, 4);
    QCOMPARE(again.problem, QByteArray("terrariumctl: box is paused already.\n"));
  }

  void aCommandAnswersAsJson() {
    QCOMPARE(ctl({QStringLiteral("create"), QStringLiteral("box")}).exitCode, 0);
    const auto good = ctl({QStringLiteral("exec"), QStringLiteral("--json"), QStringLiteral("box"), QStringLiteral("--"),
                           QStringLiteral("echo hello")});
    QCOMPARE(good.exitCode, 0);
    const QJsonObject wanted{{QStringLiteral("stdout"), QStringLiteral("hello\n")},
                             {QStringLiteral("stderr"), QString()},
                             {QStringLiteral("exit_code"), 0}};
    QCOMPARE(QJsonDocument::fromJson(good.output).object(), wanted);
    const auto bad = ctl({QStringLiteral("exec"), QStringLiteral("--json"), QStringLiteral("box"), QStringLiteral("--"),
                          QStringLiteral("cat"), QStringLiteral("/none")});
    const auto object = QJsonDocument::fromJson(bad.output).object();
    QCOMPARE(object.value(QLatin1String("exit_code")).toInt(), bad.exitCode);
    QVERIFY(bad.exitCode != 0);
    QVERIFY(object.value(QLatin1String("stderr")).toString().contains(QLatin1String("/none")));
    QVERIFY2(bad.problem.isEmpty(), bad.problem);
  }

  void aFolderIsCopiedOnceWithItsEmptyFolders_data() {
    QTest::addColumn<QString>("source");
    QTest::newRow("relative") << QStringLiteral("q");
    QTest::newRow("relative with a slash") << QStringLiteral("./q/");
    QTest::newRow("absolute") << folder_.filePath(QStringLiteral("q"));
  }
  void aFolderIsCopiedOnceWithItsEmptyFolders() {
    QFETCH(QString, source);
    write(QStringLiteral("q/sub/a"), "text\n");
    QVERIFY(QDir(folder_.path()).mkpath(QStringLiteral("q/empty/within")));
    QCOMPARE(ctl({QStringLiteral("create"), QStringLiteral("box")}).exitCode, 0);
    const auto copied = ctl({QStringLiteral("cp"), source, QStringLiteral("box:/home/user/")});
    QVERIFY2(copied.exitCode == 0, copied.problem);
    const auto listed = [this](const char* path) {
      return ctl({QStringLiteral("exec"), QStringLiteral("box"), QStringLiteral("--"), QStringLiteral("ls"), QLatin1String(path)})
          .output;
    };
    QCOMPARE(listed("/home/user/q"), QByteArray("empty\nsub\n"));
    QCOMPARE(listed("/home/user/q/empty"), QByteArray("within\n"));
    QCOMPARE(listed("/home/user/q/sub"), QByteArray("a\n"));
  }

 private:
  QTemporaryDir folder_;
  std::unique_ptr<DemoFacade> demo_;
  std::unique_ptr<HttpServer> server_;
  quint16 port_ = 0;
};

QTEST_GUILESS_MAIN(CommandsTest)
#include "commandstest.moc"
