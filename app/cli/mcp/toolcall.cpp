// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/mcp/toolcall.h"

#include <QJsonDocument>
#include <QUrl>

#include "backend/wire/jsonvalues.h"

namespace terrarium {

ToolCall::ToolCall(std::shared_ptr<Facade> facade, const QJsonObject& arguments, bool wantsProgress, QObject* parent)
    : QObject(parent), facade_(std::move(facade)), raw_(arguments), reader_(arguments), wantsProgress_(wantsProgress) {}

bool ToolCall::argumentsAreRight() {
  const auto read = reader_.finish();
  if (!read) fail(read.error());
  return read.has_value();
}

void ToolCall::progress(double value, std::optional<double> total, const QString& message) {
  if (!wantsProgress_ || value <= lastProgress_) return;
  lastProgress_ = value;
  emit progressed(value, total.value_or(0), message);
}

void ToolCall::succeed(const QJsonObject& result) {
  // For clients that do not know structured content.
  const auto text = QString::fromUtf8(QJsonDocument(result).toJson(QJsonDocument::Compact));
  emit done({{QStringLiteral("content"), QJsonArray{textContent(text)}}, {QStringLiteral("structuredContent"), result}});
}

void ToolCall::succeedWith(const QJsonArray& content) { emit done({{QStringLiteral("content"), content}}); }

void ToolCall::fail(const Error& error) { emit done(toolError(error)); }

QJsonObject textContent(const QString& text) {
  return {{QStringLiteral("type"), QStringLiteral("text")}, {QStringLiteral("text"), text}};
}

QJsonObject blobContent(const SandboxId& id, const std::string& path, const QString& mimeType, const QByteArray& bytes) {
  QUrl uri;
  uri.setScheme(QStringLiteral("sandbox"));
  uri.setHost(qtText(id.value()));
  uri.setPath(qtText(path), QUrl::DecodedMode);
  return {{QStringLiteral("type"), QStringLiteral("resource")},
          {QStringLiteral("resource"), QJsonObject{{QStringLiteral("uri"), uri.toString(QUrl::FullyEncoded)},
                                                   {QStringLiteral("mimeType"), mimeType},
                                                   {QStringLiteral("blob"), QString::fromLatin1(bytes.toBase64())}}}};
}

QJsonObject toolError(const Error& error) {
  return {{QStringLiteral("content"), QJsonArray{textContent(qtText(error.message))}}, {QStringLiteral("isError"), true}};
}

}  // namespace terrarium
