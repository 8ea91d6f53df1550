// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/wire/activityjson.h"

#include "backend/wire/jsonvalues.h"

namespace terrarium {

QJsonObject toJson(const ActivityEntry& entry) {
  QJsonObject object{{QStringLiteral("id"), qtText(entry.id)},
                     {QStringLiteral("category"), qtText(categoryName(entry.action))},
                     {QStringLiteral("action"), qtText(actionName(entry.action))},
                     {QStringLiteral("status"), qtText(entry.status())},
                     {QStringLiteral("metadata"), toJson(entry.metadata)},
                     {QStringLiteral("created_at"), toJson(entry.createdAt)}};
  const auto put = [&object](const char* key, const std::string& value) {
    if (!value.empty()) object.insert(QLatin1String(key), qtText(value));
  };
  put("sandbox_id", entry.sandboxId);
  put("sandbox_name", entry.sandboxName);
  put("template_id", entry.templateId);
  put("secret_id", entry.secretId);
  put("secret_name", entry.secretName);
  put("error", entry.error);
  if (entry.duration) object.insert(QStringLiteral("duration_ms"), static_cast<qint64>(entry.duration->count()));
  return object;
}

Result<ActivityEntry> activityFromJson(const QJsonObject& object) {
  const auto action = activityActionFromNames(textOf(object, QLatin1String("category")), textOf(object, QLatin1String("action")));
  if (!action) return failure(ErrorCode::Internal, "The engine reports an activity that this program does not know.");
  ActivityEntry entry;
  entry.action = *action;
  entry.id = textOf(object, QLatin1String("id"));
  entry.createdAt = timeOf(object, QLatin1String("created_at")).value_or(WallTime{});
  entry.sandboxId = textOf(object, QLatin1String("sandbox_id"));
  entry.sandboxName = textOf(object, QLatin1String("sandbox_name"));
  entry.templateId = textOf(object, QLatin1String("template_id"));
  entry.secretId = textOf(object, QLatin1String("secret_id"));
  entry.secretName = textOf(object, QLatin1String("secret_name"));
  if (const auto duration = integerOf(object, QLatin1String("duration_ms"))) entry.duration = std::chrono::milliseconds(*duration);
  entry.error = textOf(object, QLatin1String("error"));
  if (entry.error.empty() && textOf(object, QLatin1String("status")) == "error")
    entry.error = "It failed; the engine does not say why.";
  entry.metadata = textMapOf(object, QLatin1String("metadata"));
  return entry;
}

}  // namespace terrarium
