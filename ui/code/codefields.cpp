// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/code/codefields.h"

#include <QStringList>

#include "ui/code/quoting.h"
#include "ui/widgets/humantext.h"

namespace terrarium {

namespace {

QString list(const std::vector<std::string>& items) {
  QStringList literals;
  for (const std::string& item : items) literals << stringLiteral(toText(item));
  return QLatin1Char('[') + literals.join(QStringLiteral(", ")) + QLatin1Char(']');
}

QString block(const QString& open, const QStringList& entries, const QString& close, const QString& indent, bool lastComma) {
  const QString separator = QStringLiteral(",\n");
  return open + QLatin1Char('\n') + indent + QStringLiteral("  ") + entries.join(separator + indent + QStringLiteral("  ")) +
         (lastComma ? QStringLiteral(",") : QString()) + QLatin1Char('\n') + indent + close;
}

}  // namespace

QString CodeFields::name(Notation notation, const char* snake, const char* camel) const {
  switch (notation) {
    case Notation::Json:
      return QStringLiteral("\"%1\": ").arg(QLatin1String(snake));
    case Notation::TypeScript:
      return QStringLiteral("%1: ").arg(QLatin1String(camel));
    case Notation::Python:
      return QStringLiteral("%1=").arg(QLatin1String(snake));
  }
  return {};
}

QString CodeFields::network(Notation notation) const {
  QStringList parts;
  if (!request_.allowOut.empty()) parts << name(notation, "allow_out", "allowOut") + list(request_.allowOut);
  if (!request_.denyOut.empty()) parts << name(notation, "deny_out", "denyOut") + list(request_.denyOut);
  const QString inner = parts.join(QStringLiteral(", "));
  if (notation == Notation::Python) return QStringLiteral("NetworkConfig(%1)").arg(inner);
  return notation == Notation::Json ? QLatin1Char('{') + inner + QLatin1Char('}')
                                    : QStringLiteral("{ ") + inner + QStringLiteral(" }");
}

QStringList CodeFields::lines(Notation notation) const {
  const auto map = [&](const std::map<std::string, std::string>& entries) {
    QStringList pairs;
    for (const auto& [key, value] : entries) {
      // Written plainly, this key would set the prototype of a JavaScript object.
      const bool computed = notation == Notation::TypeScript && key == "__proto__";
      const QString literal = stringLiteral(toText(key));
      pairs << (computed ? QLatin1Char('[') + literal + QLatin1Char(']') : literal) + QStringLiteral(": ") +
                   stringLiteral(toText(value));
    }
    return block(QStringLiteral("{"), pairs, QStringLiteral("}"), QStringLiteral("  "), notation != Notation::Json);
  };
  QStringList lines{name(notation, "name", "name") + stringLiteral(toText(request_.name))};
  if (request_.fromTemplate)
    lines << name(notation, "from_template", "fromTemplate") + stringLiteral(toText(*request_.fromTemplate));
  if (request_.fromSnapshot)
    lines << name(notation, "from_snapshot", "fromSnapshot") + stringLiteral(toText(*request_.fromSnapshot));
  if (request_.timeoutSeconds)
    lines << name(notation, "timeout_seconds", "timeoutSeconds") + QString::number(*request_.timeoutSeconds);
  if (request_.autoDeleteSeconds)
    lines << name(notation, "auto_delete_seconds", "autoDeleteSeconds") + QString::number(*request_.autoDeleteSeconds);
  if (request_.previewAccess)
    lines << name(notation, "preview_access", "previewAccess") + stringLiteral(toText(*request_.previewAccess));
  if (!request_.metadata.empty()) lines << name(notation, "metadata", "metadata") + map(request_.metadata);
  if (!request_.envVars.empty()) lines << name(notation, "env_vars", "envVars") + map(request_.envVars);
  if (hasNetwork()) lines << name(notation, "network", "network") + network(notation);
  if (!request_.secrets.empty()) lines << name(notation, "secrets", "secrets") + map(request_.secrets);
  return lines;
}

QString CodeFields::json() const { return block(QStringLiteral("{"), lines(Notation::Json), QStringLiteral("}"), {}, false); }

QString CodeFields::typeScript() const {
  return block(QStringLiteral("{"), lines(Notation::TypeScript), QStringLiteral("}"), {}, true);
}

QString CodeFields::python() const { return block({}, lines(Notation::Python), {}, {}, true); }

}  // namespace terrarium
