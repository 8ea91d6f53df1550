// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/sdkenvironment.h"

#include <QStringList>

namespace terrarium {

namespace {
const QString kWebSocketFlag = QStringLiteral("--experimental-websocket");

// NODE_OPTIONS is split at spaces outside double quotes, in which a backslash takes the next character as it is.
QString nodeOption(const QString& name, const QString& value) {
  auto quoted = value;
  quoted.replace(QLatin1Char('\\'), QStringLiteral("\\\\")).replace(QLatin1Char('"'), QStringLiteral("\\\""));
  return name + QStringLiteral("=\"") + quoted + QLatin1Char('"');
}

// Ours are added once, however often the user takes over this environment.
QString nodeOptions(QString present, const SdkModules& modules, const std::optional<NodeVersion>& node) {
  const auto preload = nodeOption(QStringLiteral("--require"), modules.nodePreload);
  present.remove(QLatin1Char(' ') + preload).remove(preload);
  QStringList options{present.trimmed(), preload};
  if (node && node->needsWebSocketFlag() && !present.contains(kWebSocketFlag)) options << kWebSocketFlag;
  options.removeAll(QString());
  return options.join(QLatin1Char(' '));
}

QString listWith(const QString& first, const QString& present, QLatin1Char separator) {
  auto entries = present.split(separator, Qt::SkipEmptyParts);
  entries.removeAll(first);
  entries.prepend(first);
  return entries.join(separator);
}

bool usesProxy(const QProcessEnvironment& present) {
  for (const auto* name : {"http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"}) {
    if (!present.value(QLatin1String(name)).isEmpty()) return true;
  }
  return false;
}

QString nodeNote(const std::optional<NodeVersion>& node) {
  if (!node) return QStringLiteral("There is no Node.js in PATH. The TypeScript SDK needs version 18, its spawn version 22.");
  if (!node->canRunSdk())
    return QStringLiteral("The Node.js in PATH is too old: the TypeScript SDK needs version 18, its spawn 22.");
  if (!node->canSpawn()) return QStringLiteral("The Node.js in PATH lacks WebSocket: spawn needs version 22, or 20.10 and newer.");
  if (!node->needsWebSocketFlag()) return {};
  return QStringLiteral("%1 is for the Node.js in PATH, which is older than 22: ask anew after changing it.").arg(kWebSocketFlag);
}
}  // namespace

bool isHostedService(const QUrl& url) { return url.host().endsWith(QLatin1String(".superserve.ai"), Qt::CaseInsensitive); }

SdkEnvironment sdkEnvironment(const Endpoint& engine, const SdkModules& modules, const std::optional<NodeVersion>& node,
                              const QProcessEnvironment& present) {
  auto base = engine.url.toString(QUrl::FullyEncoded);
  // The SDK makes its addresses by concatenation.
  while (base.endsWith(QLatin1Char('/'))) base.chop(1);
  SdkEnvironment result;
  result.variables = {{QStringLiteral("SUPERSERVE_BASE_URL"), base}, {QStringLiteral("SUPERSERVE_API_KEY"), engine.apiKey}};
  if (isHostedService(engine.url)) {
    result.notes = {QStringLiteral("This is the hosted service: commands, files and access tokens go to it.")};
    return result;
  }
  result.variables.emplace_back(QStringLiteral("NODE_OPTIONS"),
                                nodeOptions(present.value(QStringLiteral("NODE_OPTIONS")), modules, node));
  result.notes = {
      QStringLiteral("SUPERSERVE_BASE_URL alone is not enough: the SDK derives the host for commands, files and access "
                     "tokens by itself and would send them to the hosted service. The other variables keep them on this "
                     "engine, in Node.js by NODE_OPTIONS and in Python by PYTHONPATH."),
      QStringLiteral("Programs that ignore these two (browsers, other runtimes, python -E and -I) are not kept here."),
      QStringLiteral("The address holds until the engine ends; ask anew after its next start.")};
  if (modules.pythonFolder.contains(QLatin1Char(':'))) {
    result.notes.push_back(QStringLiteral("Python is NOT kept here: its path list cannot hold a folder with a colon in its name."));
  } else {
    result.variables.emplace_back(QStringLiteral("PYTHONPATH"),
                                  listWith(modules.pythonFolder, present.value(QStringLiteral("PYTHONPATH")), QLatin1Char(':')));
  }
  if (usesProxy(present)) {
    const auto lower = present.value(QStringLiteral("no_proxy"), present.value(QStringLiteral("NO_PROXY")));
    const auto direct = listWith(engine.url.host(), lower, QLatin1Char(','));
    result.variables.emplace_back(QStringLiteral("NO_PROXY"), direct);
    result.variables.emplace_back(QStringLiteral("no_proxy"), direct);
  }
  if (const auto note = nodeNote(node); !note.isEmpty()) result.notes.push_back(note);
  return result;
}

}  // namespace terrarium
