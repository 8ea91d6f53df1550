// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/createsandbox/createdraft.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include "ui/widgets/humantext.h"

namespace terrarium {

namespace {

const QString kKey = QStringLiteral("create/draft");

QJsonObject toJson(const std::map<std::string, std::string>& entries, bool withValues = true) {
  QJsonObject object;
  for (const auto& [key, value] : entries) object[toText(key)] = withValues ? toText(value) : QString();
  return object;
}

std::map<std::string, std::string> mapOf(const QJsonValue& value) {
  std::map<std::string, std::string> entries;
  const QJsonObject object = value.toObject();
  for (auto it = object.begin(); it != object.end(); ++it) entries[it.key().toStdString()] = it.value().toString().toStdString();
  return entries;
}

QJsonArray toJson(const std::vector<std::string>& list) {
  QJsonArray array;
  for (const std::string& item : list) array.append(toText(item));
  return array;
}

std::vector<std::string> listOf(const QJsonValue& value) {
  std::vector<std::string> list;
  const QJsonArray array = value.toArray();
  for (const QJsonValue& item : array) list.push_back(item.toString().toStdString());
  return list;
}

std::optional<std::int64_t> secondsOf(const QJsonValue& value) {
  if (!value.isDouble()) return std::nullopt;
  return value.toInteger();
}

}  // namespace

void saveDraft(QSettings& settings, const SandboxRequest& r) {
  QJsonObject o;
  o[QStringLiteral("name")] = toText(r.name);
  if (r.fromTemplate) o[QStringLiteral("from_template")] = toText(*r.fromTemplate);
  if (r.timeoutSeconds) o[QStringLiteral("timeout_seconds")] = static_cast<qint64>(*r.timeoutSeconds);
  if (r.autoDeleteSeconds) o[QStringLiteral("auto_delete_seconds")] = static_cast<qint64>(*r.autoDeleteSeconds);
  if (r.previewAccess) o[QStringLiteral("preview_access")] = toText(*r.previewAccess);
  o[QStringLiteral("metadata")] = toJson(r.metadata);
  o[QStringLiteral("env_vars")] = toJson(r.envVars, false);
  o[QStringLiteral("allow_out")] = toJson(r.allowOut);
  o[QStringLiteral("deny_out")] = toJson(r.denyOut);
  o[QStringLiteral("secrets")] = toJson(r.secrets);
  settings.setValue(kKey, QString::fromUtf8(QJsonDocument(o).toJson(QJsonDocument::Compact)));
}

std::optional<SandboxRequest> loadDraft(const QSettings& settings) {
  const QJsonObject o = QJsonDocument::fromJson(settings.value(kKey).toString().toUtf8()).object();
  if (o.isEmpty()) return std::nullopt;
  SandboxRequest r;
  r.name = o[QStringLiteral("name")].toString().toStdString();
  if (o.contains(QStringLiteral("from_template"))) r.fromTemplate = o[QStringLiteral("from_template")].toString().toStdString();
  r.timeoutSeconds = secondsOf(o[QStringLiteral("timeout_seconds")]);
  r.autoDeleteSeconds = secondsOf(o[QStringLiteral("auto_delete_seconds")]);
  if (o.contains(QStringLiteral("preview_access"))) r.previewAccess = o[QStringLiteral("preview_access")].toString().toStdString();
  r.metadata = mapOf(o[QStringLiteral("metadata")]);
  r.envVars = mapOf(o[QStringLiteral("env_vars")]);
  r.allowOut = listOf(o[QStringLiteral("allow_out")]);
  r.denyOut = listOf(o[QStringLiteral("deny_out")]);
  r.secrets = mapOf(o[QStringLiteral("secrets")]);
  return r;
}

void clearDraft(QSettings& settings) { settings.remove(kKey); }

}  // namespace terrarium
