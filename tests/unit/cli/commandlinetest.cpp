// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QTest>
#include <iostream>
#include <sstream>

#include "app/cli/commandline.h"
#include "app/cli/commands/createcommand.h"
#include "app/cli/commands/execcommand.h"

using namespace terrarium;

class CommandLineTest : public QObject {
  Q_OBJECT

  template <class T>
  T* parsed(CommandLine& line, std::vector<std::string> words) {
    return dynamic_cast<T*>(line.parse(std::move(words)).command);
  }

 private slots:
  void everyFieldOfACreateIsTaken() {
    CommandLine line;
    auto* create = parsed<CreateCommand>(line, {"create",    "box",         "--template",    "superserve/node-22",
                                                "--timeout", "60",          "--auto-delete", "0",
                                                "--tag",     "a=b=c",       "--tag",         "d=",
                                                "--env",     "E=1",         "--allow",       "api.test",
                                                "--deny",    "10.1.0.0/16", "--secret",      "KEY=name",
                                                "--json"});
    QVERIFY(create);
    QVERIFY(line.options().json);
    const auto request = create->request();
    QVERIFY(request);
    SandboxRequest wanted;
    wanted.name = "box";
    wanted.fromTemplate = "superserve/node-22";
    wanted.timeoutSeconds = 60;
    wanted.autoDeleteSeconds = 0;
    wanted.metadata = {{"a", "b=c"}, {"d", ""}};
    wanted.envVars = {{"E", "1"}};
    wanted.allowOut = {"api.test"};
    wanted.denyOut = {"10.1.0.0/16"};
    wanted.secrets = {{"KEY", "name"}};
    QVERIFY(*request == wanted);
  }

  void whatIsLeftOutStaysAbsent() {
    CommandLine line;
    auto* create = parsed<CreateCommand>(line, {"create", "--name", "box"});
    QVERIFY(create);
    SandboxRequest wanted;
    wanted.name = "box";
    QVERIFY(*create->request() == wanted);
  }

  void aWordWithoutEqualsIsRefused() {
    CommandLine line;
    auto* create = parsed<CreateCommand>(line, {"create", "box", "--tag", "nonsense"});
    QVERIFY(create && !create->request());
    QVERIFY(create->request().error().message.find("nonsense") != std::string::npos);
  }

  void whatFollowsTheDashesBelongsToTheCommand() {
    CommandLine line;
    auto* exec = parsed<ExecCommand>(line, {"exec", "box", "--cwd", "/tmp", "--", "ls", "--json", "-n", "--"});
    QVERIFY(exec);
    QVERIFY(!line.options().json);
    const auto request = exec->request(line.options().afterDashes);
    QVERIFY(request);
    QCOMPARE(request->command, std::string("ls"));
    QVERIFY(*request->args == (std::vector<std::string>{"--json", "-n", "--"}));
    QCOMPARE(request->workingDirectory, std::string("/tmp"));
  }

  void oneWordIsALineForTheShell() {
    CommandLine line;
    auto* exec = parsed<ExecCommand>(line, {"exec", "box", "--", "echo $HOME | wc"});
    QVERIFY(exec);
    const auto request = exec->request(line.options().afterDashes);
    QCOMPARE(request->command, std::string("echo $HOME | wc"));
    QVERIFY(!request->args);
  }

  void snapshotsAndForksAreVerbs() {
    const auto isTaken = [](std::vector<std::string> words) { return CommandLine().parse(std::move(words)).exitCode == 0; };
    QVERIFY(isTaken({"snapshot", "create", "box", "--name", "good"}));
    QVERIFY(isTaken({"snapshot", "list"}));
    QVERIFY(isTaken({"snapshot", "list", "box"}));
    QVERIFY(isTaken({"snapshot", "rename", "good", "better"}));
    QVERIFY(isTaken({"snapshot", "rm", "good"}));
    QVERIFY(!isTaken({"snapshot"}));
    QVERIFY(isTaken({"fork", "box", "--count", "3", "--name", "twin"}));
    QVERIFY(!isTaken({"fork"}));
    QVERIFY(!isTaken({"create", "box", "--template", "a", "--from-snapshot", "b"}));
    CommandLine line;
    auto* create = parsed<CreateCommand>(line, {"create", "box", "--from-snapshot", "0b8f0c0e"});
    QVERIFY(create);
    QCOMPARE(*create->request()->fromSnapshot, std::string("0b8f0c0e"));
    QVERIFY(!create->request()->fromTemplate);
  }

  void mistakesEndWithTwo_data() {
    QTest::addColumn<QStringList>("words");
    QTest::newRow("nothing") << QStringList{};
    QTest::newRow("unknown verb") << QStringList{QStringLiteral("fly")};
    QTest::newRow("unknown option") << QStringList{QStringLiteral("list"), QStringLiteral("--fly")};
    QTest::newRow("not a number") << QStringList{QStringLiteral("create"), QStringLiteral("--timeout"), QStringLiteral("soon")};
    QTest::newRow("all and some") << QStringList{QStringLiteral("rm"), QStringLiteral("--all"), QStringLiteral("box")};
  }
  void mistakesEndWithTwo() {
    QFETCH(QStringList, words);
    std::vector<std::string> parts;
    for (const auto& word : words) parts.push_back(word.toStdString());
    CommandLine line;
    const auto outcome = line.parse(parts);
    QVERIFY(!outcome.command);
    QCOMPARE(outcome.exitCode, 2);
  }

  void mistakesAreNamed_data() {
    QTest::addColumn<QStringList>("words");
    QTest::addColumn<QString>("told");
    const auto lists = QStringLiteral(" --help' lists what there is.\n");
    QTest::newRow("nothing") << QStringList{} << QStringLiteral("terrariumctl needs a command. 'terrariumctl") + lists;
    QTest::newRow("unknown verb") << QStringList{QStringLiteral("bogus")}
                                  << QStringLiteral("terrariumctl does not know 'bogus'. 'terrariumctl") + lists;
    QTest::newRow("nothing below") << QStringList{QStringLiteral("snapshot")}
                                   << QStringLiteral("terrariumctl snapshot needs a command. 'terrariumctl snapshot") + lists;
    QTest::newRow("unknown verb below") << QStringList{QStringLiteral("snapshot"), QStringLiteral("fly")}
                                        << QStringLiteral("terrariumctl snapshot does not know 'fly'. 'terrariumctl snapshot") +
                                               lists;
    QTest::newRow("no time") << QStringList{QStringLiteral("exec"), QStringLiteral("--timeout"), QStringLiteral("0"),
                                            QStringLiteral("box"), QStringLiteral("ls")}
                             << QStringLiteral(
                                    "--timeout: a whole number from 1 to 604800 is accepted, not '0'.\nRun with --help for more "
                                    "information.\n");
  }
  void mistakesAreNamed() {
    QFETCH(QStringList, words);
    QFETCH(QString, told);
    std::vector<std::string> parts;
    for (const auto& word : words) parts.push_back(word.toStdString());
    std::ostringstream text;
    auto* const before = std::cerr.rdbuf(text.rdbuf());
    const auto outcome = CommandLine().parse(parts);
    std::cerr.rdbuf(before);
    QCOMPARE(outcome.exitCode, 2);
    QCOMPARE(QString::fromStdString(text.str()), told);
  }
};

QTEST_GUILESS_MAIN(CommandLineTest)
#include "commandlinetest.moc"
