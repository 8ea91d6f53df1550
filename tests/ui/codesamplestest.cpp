// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTest>

#include "tests/support/builders.h"
#include "ui/code/codesamples.h"
#include "ui/code/quoting.h"

using namespace terrarium;

namespace {

SandboxRequest plain() {
  SandboxRequest request;
  request.name = "my-agent";
  request.fromTemplate = "superserve/base";
  return request;
}

SandboxRequest full() {
  SandboxRequest request = plain();
  request.timeoutSeconds = 3600;
  request.autoDeleteSeconds = 60;
  request.previewAccess = "private";
  request.metadata = {{"run", "12"}, {"team", "core"}};
  request.envVars = {{"GREETING", "it's \"fine\" $HOME `id`"}};
  request.allowOut = {"api.example.com", "203.0.113.0/24"};
  request.denyOut = {"0.0.0.0/0"};
  request.secrets = {{"TOKEN", "github"}};
  return request;
}

EngineConnection remote() { return {QStringLiteral("1"), QStringLiteral("Lab"), QUrl(QStringLiteral("http://lab.example:8080"))}; }
EngineConnection hosted() {
  return {QStringLiteral("2"), QStringLiteral("Hosted"), QUrl(QStringLiteral("https://api.superserve.ai/"))};
}

}  // namespace

/// Whole texts, because a person copies whole texts.
class CodeSamplesTest : public QObject {
  Q_OBJECT
 private slots:
  void createByCurl();
  void createByTypeScript();
  void createByPython();
  void createByCommandLine();
  void shortRequestsAreShort();
  void useOfASandbox();
  void connectionsHaveTheirOwnEnvironmentAndWarning();
  void hostileTextStaysOneWord_data();
  void hostileTextStaysOneWord();
  void literalsAreJson_data() { hostileTextStaysOneWord_data(); }
  void literalsAreJson();
  void prototypeIsNotSet();
};

void CodeSamplesTest::createByCurl() {
  QCOMPARE(CodeSamples({}).createSandbox(CodeLanguage::Curl, full()), QStringLiteral(R"(curl -sS "$SUPERSERVE_BASE_URL/sandboxes" \
  -H "X-API-Key: $SUPERSERVE_API_KEY" \
  -H 'Content-Type: application/json' \
  -d '{
  "name": "my-agent",
  "from_template": "superserve/base",
  "timeout_seconds": 3600,
  "auto_delete_seconds": 60,
  "preview_access": "private",
  "metadata": {
    "run": "12",
    "team": "core"
  },
  "env_vars": {
    "GREETING": "it'\''s \"fine\" $HOME `id`"
  },
  "network": {"allow_out": ["api.example.com", "203.0.113.0/24"], "deny_out": ["0.0.0.0/0"]},
  "secrets": {
    "TOKEN": "github"
  }
}'
)"));
}

void CodeSamplesTest::createByTypeScript() {
  QCOMPARE(CodeSamples({}).createSandbox(CodeLanguage::TypeScript, full()),
           QStringLiteral(R"(import { Sandbox } from "@superserve/sdk"

const sandbox = await Sandbox.create({
  name: "my-agent",
  fromTemplate: "superserve/base",
  timeoutSeconds: 3600,
  autoDeleteSeconds: 60,
  previewAccess: "private",
  metadata: {
    "run": "12",
    "team": "core",
  },
  envVars: {
    "GREETING": "it's \"fine\" $HOME `id`",
  },
  network: { allowOut: ["api.example.com", "203.0.113.0/24"], denyOut: ["0.0.0.0/0"] },
  secrets: {
    "TOKEN": "github",
  },
})
const result = await sandbox.commands.run("uname -a")
console.log(result.stdout, result.exitCode)
)"));
}

void CodeSamplesTest::createByPython() {
  QCOMPARE(CodeSamples({}).createSandbox(CodeLanguage::Python, full()),
           QStringLiteral(R"(from superserve import NetworkConfig, Sandbox

sandbox = Sandbox.create(
  name="my-agent",
  from_template="superserve/base",
  timeout_seconds=3600,
  auto_delete_seconds=60,
  preview_access="private",
  metadata={
    "run": "12",
    "team": "core",
  },
  env_vars={
    "GREETING": "it's \"fine\" $HOME `id`",
  },
  network=NetworkConfig(allow_out=["api.example.com", "203.0.113.0/24"], deny_out=["0.0.0.0/0"]),
  secrets={
    "TOKEN": "github",
  },
)
result = sandbox.commands.run("uname -a")
print(result.stdout, result.exit_code)
)"));
}

void CodeSamplesTest::createByCommandLine() {
  QCOMPARE(CodeSamples({}).createSandbox(CodeLanguage::CommandLine, full()), QStringLiteral(R"(terrariumctl create --name=my-agent \
  --template=superserve/base \
  --timeout=3600 \
  --auto-delete=60 \
  --preview-access=private \
  --tag=run=12 \
  --tag=team=core \
  --env='GREETING=it'\''s "fine" $HOME `id`' \
  --allow=api.example.com \
  --allow=203.0.113.0/24 \
  --deny=0.0.0.0/0 \
  --secret=TOKEN=github
)"));
}

void CodeSamplesTest::shortRequestsAreShort() {
  QCOMPARE(CodeSamples({}).createSandbox(CodeLanguage::Python, plain()), QStringLiteral(R"(from superserve import Sandbox

sandbox = Sandbox.create(
  name="my-agent",
  from_template="superserve/base",
)
result = sandbox.commands.run("uname -a")
print(result.stdout, result.exit_code)
)"));
}

void CodeSamplesTest::useOfASandbox() {
  const SandboxId id = sandboxId(1);
  const QString text = QString::fromStdString(id.value());
  const CodeSamples samples{EngineConnection{}};
  QCOMPARE(samples.useSandbox(CodeLanguage::Curl, id), QStringLiteral(R"(curl -sS "$SUPERSERVE_BASE_URL/sandboxes/%1/exec" \
  -H "X-API-Key: $SUPERSERVE_API_KEY" \
  -H 'Content-Type: application/json' \
  -d '{"command": "uname -a"}'
)")
                                                           .arg(text));
  QCOMPARE(samples.useSandbox(CodeLanguage::TypeScript, id), QStringLiteral(R"(import { Sandbox } from "@superserve/sdk"

const sandbox = await Sandbox.connect("%1")
const result = await sandbox.commands.run("uname -a")
console.log(result.stdout, result.exitCode)
)")
                                                                 .arg(text));
  QCOMPARE(samples.useSandbox(CodeLanguage::Python, id), QStringLiteral(R"(from superserve import Sandbox

sandbox = Sandbox.connect("%1")
result = sandbox.commands.run("uname -a")
print(result.stdout, result.exit_code)
)")
                                                             .arg(text));
  QCOMPARE(samples.useSandbox(CodeLanguage::CommandLine, id),
           QStringLiteral("terrariumctl exec %1 -- uname -a\nterrariumctl shell %1\n").arg(text));
}

void CodeSamplesTest::connectionsHaveTheirOwnEnvironmentAndWarning() {
  QCOMPARE(CodeSamples({}).environment(), QStringLiteral("eval \"$(terrariumctl env)\""));
  QVERIFY(CodeSamples({}).warning().contains(QStringLiteral("would send them to the hosted service")));
  QCOMPARE(CodeSamples(remote()).environment(),
           QStringLiteral("export TERRARIUM_API_KEY=YOUR_KEY; eval \"$(terrariumctl --engine=http://lab.example:8080 env)\""));
  QVERIFY(CodeSamples(remote())
              .createSandbox(CodeLanguage::CommandLine, plain())
              .startsWith(QStringLiteral("terrariumctl --engine=http://lab.example:8080 create --name=my-agent")));
  QCOMPARE(CodeSamples(hosted()).environment(),
           QStringLiteral("export SUPERSERVE_BASE_URL=https://api.superserve.ai SUPERSERVE_API_KEY=YOUR_KEY"));
  QVERIFY(CodeSamples(hosted()).warning().contains(QStringLiteral("hosted service")));
  QVERIFY(!CodeSamples(hosted()).warning().contains(QStringLiteral("SUPERSERVE_BASE_URL")));
}

void CodeSamplesTest::hostileTextStaysOneWord_data() {
  QTest::addColumn<QString>("text");
  QTest::newRow("plain") << QStringLiteral("agent-1");
  QTest::newRow("quotes") << QStringLiteral("a'b\"c");
  QTest::newRow("command") << QStringLiteral("$(touch /tmp/x) `id` ; rm -rf / & | > <");
  QTest::newRow("option") << QStringLiteral("-rf");
  QTest::newRow("line ends") << QStringLiteral("one\ntwo'\nthree\r");
  QTest::newRow("escape sequence") << QStringLiteral("\x1b[2J'\\");
  QTest::newRow("turned order") << QStringLiteral("a\u202e'b\u200b");
  QTest::newRow("backslash") << QStringLiteral("\\n\\\\");
  QTest::newRow("emoji") << QStringLiteral("🦎 ünïcödé");
  QTest::newRow("placeholders") << QStringLiteral("%1 %2 %n");
  QTest::newRow("empty") << QString();
  QTest::newRow("history") << QStringLiteral("wow!!");
}

void CodeSamplesTest::hostileTextStaysOneWord() {
  QFETCH(QString, text);
  QProcess shell;
  auto environment = QProcessEnvironment::systemEnvironment();
  environment.insert(QStringLiteral("LC_ALL"), QStringLiteral("C.UTF-8"));
  shell.setProcessEnvironment(environment);
  shell.start(QStringLiteral("bash"), {QStringLiteral("-c"), QStringLiteral("printf '%s' --name=") + shellWord(text)});
  QVERIFY(shell.waitForFinished());
  QCOMPARE(QString::fromUtf8(shell.readAllStandardOutput()), QStringLiteral("--name=") + text);
  QCOMPARE(shell.readAllStandardError(), QByteArray());
  for (const QChar c : shellWord(text)) QVERIFY(c == QLatin1Char('\n') || c.category() != QChar::Other_Control);
}

void CodeSamplesTest::literalsAreJson() {
  QFETCH(QString, text);
  const QString document = QStringLiteral("{\"k\": ") + stringLiteral(text) + QLatin1Char('}');
  const auto parsed = QJsonDocument::fromJson(document.toUtf8());
  QVERIFY2(parsed.isObject(), qPrintable(document));
  QCOMPARE(parsed.object()[QStringLiteral("k")].toString(), text);
  for (const QChar c : stringLiteral(text)) QVERIFY(c.category() != QChar::Other_Control && c.category() != QChar::Other_Format);
}

void CodeSamplesTest::prototypeIsNotSet() {
  SandboxRequest request = plain();
  request.metadata = {{"__proto__", "x"}};
  QVERIFY(CodeSamples({}).createSandbox(CodeLanguage::TypeScript, request).contains(QStringLiteral("[\"__proto__\"]: \"x\"")));
  QVERIFY(CodeSamples({}).createSandbox(CodeLanguage::Python, request).contains(QStringLiteral("    \"__proto__\": \"x\"")));
}

QTEST_GUILESS_MAIN(CodeSamplesTest)
#include "codesamplestest.moc"
