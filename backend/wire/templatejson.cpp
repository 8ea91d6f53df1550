// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/wire/templatejson.h"

#include "backend/domain/templateref.h"
#include "backend/wire/jsonvalues.h"

namespace terrarium {

QJsonObject toJson(const TemplateInfo& info) {
  QJsonObject object{{QStringLiteral("id"), qtText(info.id)},
                     {QStringLiteral("name"), qtText(info.name)},
                     {QStringLiteral("status"), qtText(templateStatusName(info.status))},
                     {QStringLiteral("vcpu"), static_cast<qint64>(info.size.vcpus())},
                     {QStringLiteral("memory_mib"), static_cast<qint64>(info.size.memoryMib())},
                     {QStringLiteral("disk_mib"), static_cast<qint64>(info.size.diskMib())},
                     {QStringLiteral("system"), info.system},
                     {QStringLiteral("created_at"), toJson(info.createdAt)}};
  if (!info.description.empty()) object.insert(QStringLiteral("description"), qtText(info.description));
  if (info.sizeBytes > 0) object.insert(QStringLiteral("size_bytes"), static_cast<qint64>(info.sizeBytes));
  if (!info.problem.empty()) object.insert(QStringLiteral("error_message"), qtText(info.problem));
  if (info.builtAt) object.insert(QStringLiteral("built_at"), toJson(*info.builtAt));
  if (!info.latestBuildId.empty()) object.insert(QStringLiteral("latest_build_id"), qtText(info.latestBuildId));
  return object;
}

Result<TemplateInfo> templateFromJson(const QJsonObject& object) {
  TemplateInfo info;
  info.id = textOf(object, QLatin1String("id"));
  info.name = textOf(object, QLatin1String("name"));
  const auto status = templateStatusFromName(textOf(object, QLatin1String("status")));
  if (info.id.empty() || info.name.empty() || !status) {
    return failure(ErrorCode::Internal, "The engine reports a template that this program does not understand.");
  }
  info.status = *status;
  const auto standard = MachineSize::standard();
  const auto size = MachineSize::parse(integerOf(object, QLatin1String("vcpu")).value_or(standard.vcpus()),
                                       integerOf(object, QLatin1String("memory_mib")).value_or(standard.memoryMib()),
                                       integerOf(object, QLatin1String("disk_mib")).value_or(standard.diskMib()));
  if (size) info.size = *size;
  info.system = object.value(QLatin1String("system")).toBool(info.name.starts_with(TemplateRef::kSystemPrefix));
  info.description = textOf(object, QLatin1String("description"));
  info.sizeBytes = integerOf(object, QLatin1String("size_bytes")).value_or(0);
  info.problem = textOf(object, QLatin1String("error_message"));
  info.createdAt = timeOf(object, QLatin1String("created_at")).value_or(WallTime{});
  info.builtAt = timeOf(object, QLatin1String("built_at"));
  info.latestBuildId = textOf(object, QLatin1String("latest_build_id"));
  return info;
}

}  // namespace terrarium
