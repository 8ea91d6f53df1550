// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QTest>

#include "tests/architecture/layerrules.h"
#include "tests/architecture/sourcetext.h"

using namespace terrarium::architecture;

namespace {

const char* const kLicence =
    "// SPDX-FileCopyrightText: 2026 The Terrarium authors\n// SPDX-License-Identifier: GPL-3.0-or-later\n";

}  // namespace

/// Plants violations and looks whether they are found.
class LayerRulesTest : public QObject {
  Q_OBJECT
 private slots:
  void includesAreJudged_data() {
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QByteArray>("included");
    QTest::addColumn<bool>("allowed");
    const auto row = [](const char* path, const char* included, bool allowed) {
      QTest::addRow("%s -> %s", path, included) << QByteArray(path) << QByteArray(included) << allowed;
    };
    row("backend/support/a.h", "backend/support/result.h", true);
    row("backend/support/a.h", "backend/domain/metadata.h", false);
    row("backend/domain/a.cpp", "backend/support/result.h", true);
    row("backend/domain/a.cpp", "backend/api/files.h", false);
    row("backend/api/a.h", "backend/domain/metadata.h", true);
    row("backend/api/a.h", "backend/engine/lifecycle.h", false);
    row("backend/engine/ports/a.h", "backend/api/pending.h", true);
    row("backend/engine/ports/a.h", "backend/engine/lifecycle.h", false);
    row("backend/engine/operations/a.cpp", "backend/engine/lifecycle.h", true);
    row("backend/engine/operations/a.cpp", "backend/engine/ports/hypervisor.h", true);
    row("backend/engine/a.cpp", "backend/qemu/qmpclient.h", false);
    row("backend/qemu/a.cpp", "backend/engine/ports/hypervisor.h", true);
    row("backend/qemu/a.cpp", "backend/engine/lifecycle.h", false);
    row("backend/qemu/a.cpp", "backend/guest/agentlink.h", false);
    row("backend/store/a.cpp", "backend/api/files.h", false);
    row("backend/guest/agent/main.cpp", "backend/guest/agentprotocol.h", true);
    row("backend/guest/agentlink.cpp", "backend/guest/agent/init.h", false);
    row("backend/guest/agent/main.cpp", "backend/engine/ports/guestagent.h", false);
    row("backend/egress/a.cpp", "backend/egress/channel/flowchannel.h", true);
    row("backend/egress/channel/a.h", "backend/support/result.h", true);
    row("backend/egress/channel/a.h", "backend/domain/metadata.h", false);
    row("backend/egress/netstack/a.cpp", "backend/egress/channel/flowchannel.h", true);
    row("backend/egress/netstack/a.cpp", "backend/engine/ports/hypervisor.h", false);
    row("backend/egress/netstack/a.cpp", "backend/egress/policy/policy.h", false);
    row("backend/egress/policy/a.cpp", "backend/domain/egressrules.h", true);
    row("backend/egress/policy/a.cpp", "backend/egress/proxy/gateway.h", false);
    row("backend/egress/proxy/a.cpp", "backend/egress/policy/policy.h", true);
    row("backend/egress/proxy/a.cpp", "backend/egress/netstack/frames.h", false);
    row("backend/egress/a.cpp", "backend/egress/proxy/gateway.h", false);
    row("backend/httpapi/a.cpp", "backend/api/facade.h", true);
    row("backend/httpapi/a.cpp", "backend/engine/sandboxservice.h", false);
    row("backend/client/a.cpp", "backend/httpapi/router.h", false);
    row("backend/demo/a.cpp", "backend/api/facade.h", true);
    row("backend/demo/a.cpp", "backend/client/httpclient.h", false);
    row("ui/widgets/a.cpp", "backend/api/facade.h", true);
    row("ui/widgets/a.cpp", "ui/style/palette.h", true);
    row("ui/widgets/a.cpp", "backend/demo/demofacade.h", false);
    row("ui/widgets/a.cpp", "app/desktop/composition.h", false);
    row("app/desktop/main.cpp", "backend/demo/demofacade.h", true);
    row("app/desktop/main.cpp", "tests/support/builders.h", false);
    row("backend/novelty/a.cpp", "backend/support/result.h", false);
    row("backend/domain/a.cpp", "metadata.h", false);
    row("backend/domain/a.cpp", "../support/result.h", false);
    row("backend/guest/a.cpp", "agent.pb.h", true);
    row("tests/unit/domain/atest.cpp", "atest.moc", true);
    row("tests/unit/domain/atest.cpp", "backend/qemu/qmpclient.h", true);
  }
  void includesAreJudged() {
    QFETCH(QByteArray, path);
    QFETCH(QByteArray, included);
    QFETCH(bool, allowed);
    const auto found = violationsIn(path.toStdString(), kLicence + ("\n#include \"" + included + "\"\n").toStdString());
    QCOMPARE(found.size(), allowed ? std::size_t{0} : std::size_t{1});
    if (!allowed) QCOMPARE(found[0].line, 4);
  }

  void deedsAreJudged_data() {
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<QByteArray>("rule");  // empty: allowed
    const auto row = [](const char* path, const char* line, const char* rule) {
      QTest::addRow("%s: %s", path, line) << QByteArray(path) << QByteArray(line) << QByteArray(rule);
    };
    row("backend/client/a.cpp", "#include <QWidget>", "no widget");
    row("backend/client/a.cpp", "#include <QtWidgets/QLabel>", "no widget");
    row("backend/client/a.cpp", "QWidget* parent;", "no widget");
    row("ui/a.cpp", "QWidget* parent;", "");
    row("backend/engine/a.cpp", "QSqlQuery query;", "no SQL");
    row("backend/engine/a.cpp", "run(\"SELECT name FROM sandboxes\");", "no SQL");
    row("backend/engine/a.cpp", "run(\"Delete it from the list\");", "");
    row("backend/store/a.cpp", "QSqlQuery query(\"SELECT name FROM sandboxes\");", "");
    row("backend/engine/a.cpp", "QProcess process;", "no process start");
    row("backend/engine/a.cpp", "auto e = QProcessEnvironment::systemEnvironment();", "");
    row("backend/guest/a.cpp", "if (fork() == 0) {}", "no process start");
    row("backend/guest/a.cpp", "::execve(path, argv, envp);", "no process start");
    row("backend/store/a.cpp", "posix_spawn(&pid, path, 0, 0, argv, envp);", "no process start");
    row("backend/client/a.cpp", "sandboxes.fork(id); fork_(id); exec(id);", "");
    row("backend/api/a.h", "virtual Pending<void> fork(const SandboxId& id) = 0;", "");
    row("backend/engine/a.cpp", "QRandomGenerator::system()->generate();", "");
    row("backend/guest/agent/a.cpp", "if (fork() == 0) {}", "");
    row("backend/qemu/a.cpp", "QProcess process;", "");
    row("backend/egress/a.cpp", "posix_spawn(&pid, path, 0, 0, argv, envp);", "");
    row("app/engine/a.cpp", "fork();", "");
    row("backend/engine/a.cpp", "server.listen(QHostAddress::LocalHost);", "no listening");
    row("backend/qemu/a.cpp", "::listen(fd, 1);", "no listening");
    row("backend/qemu/machinedirectory.cpp", "::listen(fd, 1);", "");
    row("backend/qemu/machinedirectory.cpp", "QEventLoop loop;", "no blocking wait");
    row("backend/httpapi/a.cpp", "acceptor.listen();", "");
    row("backend/engine/a.cpp", "isListening(port); listener(1);", "");
    row("backend/qemu/a.cpp", "process.waitForFinished(1000);", "no blocking wait");
    row("app/cli/a.cpp", "QEventLoop loop;", "no blocking wait");
    row("tests/unit/a.cpp", "QEventLoop loop;", "");
    row("backend/qemu/a.cpp", "waitForAnswer(id);", "");
    row("ui/a.cpp", "dialog.exec();", "no QDialog::exec()");
    row("ui/a.cpp", "if (box->exec() == QMessageBox::Ok) {}", "no QDialog::exec()");
    row("ui/a.cpp", "menu.exec(position);", "no QDialog::exec()");
    row("ui/a.cpp", "QMessageBox::question(this, title, text);", "own event loop");
    row("ui/a.cpp", "facade_.exec().run(id, request);", "");
    row("app/desktop/main.cpp", "return app.exec();", "");
    row("app/desktop/main.cpp", "return QApplication::exec();", "");
    row("backend/domain/a.cpp", "#include <QString>", "no Qt here");
    row("app/engine/supervisor.cpp", "#include <QString>", "no Qt here");
    row("app/engine/main.cpp", "#include <QString>", "");
    row("backend/egress/netstack/a.cpp", "#include <QString>", "no Qt here");
    row("backend/egress/channel/a.h", "#include <QByteArray>", "no Qt here");
    row("app/netstack/main.cpp", "#include <QString>", "no Qt here");
    row("app/egress/main.cpp", "#include <QString>", "no Qt here");
    row("backend/egress/policy/a.cpp", "#include <QString>", "no Qt here");
    row("backend/egress/proxy/a.cpp", "#include <QString>", "no Qt here");
    row("backend/egress/a.cpp", "#include <QString>", "");
    row("backend/engine/a.cpp", "// QProcess, fork() and listen( in a comment", "");
    row("backend/engine/a.cpp", "/* QEventLoop */ int a = 1'000; /* QProcess */", "");
    row("backend/engine/a.cpp", "say(\"QProcess and listen(1)\"); say(R\"(QEventLoop)\");", "");
    row("backend/engine/a.cpp", "say(\"\\\"\"); QProcess a; // \"", "no process start");
    row("backend/engine/a.cpp", "char c = '\"'; QProcess a;", "no process start");
    row("backend/engine/a.cpp", "int a = 1'000; QProcess b; int c = 1'000;", "no process start");
  }
  void deedsAreJudged() {
    QFETCH(QByteArray, path);
    QFETCH(QByteArray, line);
    QFETCH(QByteArray, rule);
    const auto found = violationsIn(path.toStdString(), kLicence + ("\n\n" + line + "\n").toStdString());
    QCOMPARE(found.size(), rule.isEmpty() ? std::size_t{0} : std::size_t{1});
    if (rule.isEmpty()) return;
    QVERIFY2(QByteArray::fromStdString(found[0].rule).contains(rule), found[0].rule.c_str());
    QCOMPARE(found[0].line, 5);
    QCOMPARE(found[0].file, path.toStdString());
  }

  void bothLicenceLinesAreNeeded() {
    QCOMPARE(violationsIn("ui/a.cpp", "").size(), std::size_t{1});
    QCOMPARE(violationsIn("ui/a.cpp", "// SPDX-FileCopyrightText: 2026 The Terrarium authors\n").size(), std::size_t{1});
    QCOMPARE(violationsIn("ui/a.cpp", kLicence).size(), std::size_t{0});
    QCOMPARE(violationsIn("tests/CMakeLists.txt", "project(x)\n").size(), std::size_t{1});
  }

  void filesHaveAtMost600Lines() {
    QCOMPARE(violationsIn("ui/a.cpp", kLicence + std::string(598, '\n')).size(), std::size_t{0});
    QCOMPARE(violationsIn("ui/a.cpp", kLicence + std::string(599, '\n')).size(), std::size_t{1});
  }

  void foldersAreNamedBySubject() {
    QCOMPARE(violationsIn("ui/utils/a.cpp", kLicence).size(), std::size_t{1});
    QCOMPARE(violationsIn("ui/widgets/a.cpp", kLicence).size(), std::size_t{0});
  }

  void sourcesScriptsAndBuildFilesAreJudged() {
    for (const auto* path : {"backend/a.h", "ui/b/a.cpp", "tests/CMakeLists.txt", "backend/guest/agent.proto"}) {
      QVERIFY2(isJudged(path), path);
    }
    for (const auto* path : {"resources/a.json", "resources/icons/a.svg", "build/dev/a.cpp", "README.md"}) {
      QVERIFY2(!isJudged(path), path);
    }
  }

  void linesAndColumnsStay() {
    const auto source = readSource("a /* x\ny */ b \"c\\\"d\" // e\nR\"z(1\n2)z\" f");
    QCOMPARE(source.code, (std::vector<std::string>{"a     ", "     b \"c\\\"d\"     ", "R\"z(1", "2)z\" f"}));
    QCOMPARE(source.bare[1], std::string("     b \"  \" \"     "));
    QCOMPARE(source.bare[3], std::string("   \" f"));
  }
};

QTEST_GUILESS_MAIN(LayerRulesTest)
#include "layerrulestest.moc"
