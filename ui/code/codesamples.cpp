// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/code/codesamples.h"

#include <QCoreApplication>

#include "ui/code/codefields.h"
#include "ui/code/quoting.h"
#include "ui/widgets/humantext.h"

namespace terrarium {

namespace {

/// Translations of this file stand under one context.
struct CodeText {
  Q_DECLARE_TR_FUNCTIONS(CodeText)
};

QString curlPost(const QString& path, const QString& body) {
  return QStringLiteral(
             "curl -sS \"$SUPERSERVE_BASE_URL%1\" \\\n"
             "  -H \"X-API-Key: $SUPERSERVE_API_KEY\" \\\n"
             "  -H 'Content-Type: application/json' \\\n"
             "  -d ")
             .arg(path) +
         shellWord(body) + QLatin1Char('\n');
}

QString typeScript(const QString& obtain) {
  return QStringLiteral("import { Sandbox } from \"@superserve/sdk\"\n\nconst sandbox = await ") + obtain +
         QStringLiteral(
             "\nconst result = await sandbox.commands.run(\"uname -a\")\n"
             "console.log(result.stdout, result.exitCode)\n");
}

QString python(const QString& imports, const QString& obtain) {
  return QStringLiteral("from superserve import ") + imports + QStringLiteral("\n\nsandbox = ") + obtain +
         QStringLiteral(
             "\nresult = sandbox.commands.run(\"uname -a\")\n"
             "print(result.stdout, result.exit_code)\n");
}

void addOptions(QString& line, const QString& option, const std::map<std::string, std::string>& entries) {
  for (const auto& [key, value] : entries)
    line += QStringLiteral(" \\\n  ") + option + QLatin1Char('=') + shellWord(toText(key) + QLatin1Char('=') + toText(value));
}

void addOptions(QString& line, const QString& option, const std::vector<std::string>& values) {
  for (const std::string& value : values) line += QStringLiteral(" \\\n  ") + option + QLatin1Char('=') + shellWord(toText(value));
}

}  // namespace

QString CodeSamples::address() const {
  QString text = connection_.url.toString(QUrl::FullyEncoded);
  // The SDK makes its addresses by concatenation.
  while (text.endsWith(QLatin1Char('/'))) text.chop(1);
  return shellWord(text);
}

QString CodeSamples::commandLine() const {
  if (connection_.isLocal()) return QStringLiteral("terrariumctl");
  return QStringLiteral("terrariumctl --engine=") + address();
}

QString CodeSamples::environment() const {
  if (connection_.isHosted()) {
    return QStringLiteral("export SUPERSERVE_BASE_URL=%1 SUPERSERVE_API_KEY=YOUR_KEY").arg(address());
  }
  const QString env = QStringLiteral("eval \"$(%1 env)\"").arg(commandLine());
  return connection_.isLocal() ? env : QStringLiteral("export TERRARIUM_API_KEY=YOUR_KEY; ") + env;
}

QString CodeSamples::warning() const {
  if (connection_.isHosted())
    return CodeText::tr("This connection is the hosted service: commands, files and access tokens go to it.");
  return CodeText::tr(
      "Setting only SUPERSERVE_BASE_URL is not enough: the SDK derives the host for commands, files and access tokens by itself "
      "and "
      "would send them to the hosted service. The line above also loads the module that keeps them here, into Node.js and Python.");
}

QString CodeSamples::useSandbox(CodeLanguage language, const SandboxId& id) const {
  const QString text = toText(id.value());
  switch (language) {
    case CodeLanguage::Curl:
      return curlPost(QStringLiteral("/sandboxes/%1/exec").arg(text), QStringLiteral("{\"command\": \"uname -a\"}"));
    case CodeLanguage::TypeScript:
      return typeScript(QStringLiteral("Sandbox.connect(%1)").arg(stringLiteral(text)));
    case CodeLanguage::Python:
      return python(QStringLiteral("Sandbox"), QStringLiteral("Sandbox.connect(%1)").arg(stringLiteral(text)));
    case CodeLanguage::CommandLine:
      return QStringLiteral("%1 exec %2 -- uname -a\n%1 shell %2\n").arg(commandLine(), shellWord(text));
  }
  return {};
}

QString CodeSamples::createSandbox(CodeLanguage language, const SandboxRequest& request) const {
  const CodeFields fields(request);
  switch (language) {
    case CodeLanguage::Curl:
      return curlPost(QStringLiteral("/sandboxes"), fields.json());
    case CodeLanguage::TypeScript:
      return typeScript(QStringLiteral("Sandbox.create(%1)").arg(fields.typeScript()));
    case CodeLanguage::Python:
      return python(fields.hasNetwork() ? QStringLiteral("NetworkConfig, Sandbox") : QStringLiteral("Sandbox"),
                    QStringLiteral("Sandbox.create(%1)").arg(fields.python()));
    case CodeLanguage::CommandLine:
      return createByCommandLine(request);
  }
  return {};
}

QString CodeSamples::createByCommandLine(const SandboxRequest& request) const {
  QString line = commandLine() + QStringLiteral(" create --name=") + shellWord(toText(request.name));
  if (request.fromTemplate) line += QStringLiteral(" \\\n  --template=") + shellWord(toText(*request.fromTemplate));
  if (request.timeoutSeconds) line += QStringLiteral(" \\\n  --timeout=%1").arg(*request.timeoutSeconds);
  if (request.autoDeleteSeconds) line += QStringLiteral(" \\\n  --auto-delete=%1").arg(*request.autoDeleteSeconds);
  if (request.previewAccess) line += QStringLiteral(" \\\n  --preview-access=") + shellWord(toText(*request.previewAccess));
  addOptions(line, QStringLiteral("--tag"), request.metadata);
  addOptions(line, QStringLiteral("--env"), request.envVars);
  addOptions(line, QStringLiteral("--allow"), request.allowOut);
  addOptions(line, QStringLiteral("--deny"), request.denyOut);
  addOptions(line, QStringLiteral("--secret"), request.secrets);
  return line + QLatin1Char('\n');
}

}  // namespace terrarium
