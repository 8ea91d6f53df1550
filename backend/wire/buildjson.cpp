// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/wire/buildjson.h"

#include "backend/wire/jsonvalues.h"

namespace terrarium {

QJsonObject toJson(const BuildInfo& info) {
  QJsonObject object{{QStringLiteral("id"), qtText(info.id)},
                     {QStringLiteral("template_id"), qtText(info.templateId)},
                     {QStringLiteral("status"), qtText(buildStatusName(info.status))},
                     {QStringLiteral("build_spec_hash"), qtText(info.specHash)},
                     {QStringLiteral("created_at"), toJson(info.createdAt)}};
  if (!info.problem.empty()) object.insert(QStringLiteral("error_message"), qtText(info.problem));
  if (info.startedAt) object.insert(QStringLiteral("started_at"), toJson(*info.startedAt));
  if (info.finalizedAt) object.insert(QStringLiteral("finalized_at"), toJson(*info.finalizedAt));
  return object;
}

Result<BuildInfo> buildFromJson(const QJsonObject& object) {
  const auto status = buildStatusFromName(textOf(object, QLatin1String("status")));
  BuildInfo info{textOf(object, QLatin1String("id")), textOf(object, QLatin1String("template_id"))};
  if (info.id.empty() || info.templateId.empty() || !status) {
    return failure(ErrorCode::Internal, "The engine reports a build that this program does not understand.");
  }
  info.status = *status;
  info.specHash = textOf(object, QLatin1String("build_spec_hash"));
  info.problem = textOf(object, QLatin1String("error_message"));
  info.createdAt = timeOf(object, QLatin1String("created_at")).value_or(WallTime{});
  info.startedAt = timeOf(object, QLatin1String("started_at"));
  info.finalizedAt = timeOf(object, QLatin1String("finalized_at"));
  return info;
}

QJsonObject toJson(const BuildLogLine& line) {
  return {{QStringLiteral("timestamp"), toJson(line.at)},
          {QStringLiteral("stream"), qtText(line.stream)},
          {QStringLiteral("text"), qtText(line.text)}};
}

BuildLogLine buildLogLineFromJson(const QJsonObject& object) {
  return {timeOf(object, QLatin1String("timestamp")).value_or(WallTime{}), textOf(object, QLatin1String("stream")),
          textOf(object, QLatin1String("text"))};
}

}  // namespace terrarium
