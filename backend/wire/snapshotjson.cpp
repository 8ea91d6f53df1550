// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/wire/snapshotjson.h"

#include "backend/wire/jsonvalues.h"

namespace terrarium {

namespace {

QJsonObject resourcesJson(const MachineSize& size) {
  return {{QStringLiteral("vcpu_count"), static_cast<qint64>(size.vcpus())},
          {QStringLiteral("memory_mib"), static_cast<qint64>(size.memoryMib())},
          {QStringLiteral("disk_mib"), static_cast<qint64>(size.diskMib())}};
}

MachineSize resourcesOf(const QJsonObject& object) {
  const auto standard = MachineSize::standard();
  const auto size = MachineSize::parse(integerOf(object, QLatin1String("vcpu_count")).value_or(standard.vcpus()),
                                       integerOf(object, QLatin1String("memory_mib")).value_or(standard.memoryMib()),
                                       integerOf(object, QLatin1String("disk_mib")).value_or(standard.diskMib()));
  return size ? *size : standard;
}

SnapshotName nameOf(const QJsonObject& object, const SnapshotId& id) {
  if (auto name = SnapshotName::parse(textOf(object, QLatin1String("name")))) return *name;
  return *SnapshotName::parse(id.value());
}

}  // namespace

QJsonObject toJson(const SnapshotSpec& spec) {
  const auto request = spec.toRequest();
  QJsonObject object;
  if (request.kind) object.insert(QStringLiteral("kind"), qtText(*request.kind));
  if (request.name) object.insert(QStringLiteral("name"), qtText(*request.name));
  if (request.idempotencyKey) object.insert(QStringLiteral("idempotency_key"), qtText(*request.idempotencyKey));
  return object;
}

QJsonObject toJson(const ForkSpec& spec) {
  QJsonObject object{{QStringLiteral("count"), spec.count()}};
  if (spec.name()) object.insert(QStringLiteral("name"), qtText(spec.name()->value()));
  return object;
}

QJsonObject toJson(const SnapshotInfo& info) {
  QJsonObject object{{QStringLiteral("id"), qtText(info.id.value())},
                     {QStringLiteral("sandbox_id"), qtText(info.sandboxId.value())},
                     {QStringLiteral("sandbox_name"), qtText(info.sandboxName)},
                     {QStringLiteral("kind"), QLatin1String(SnapshotSpec::kKind)},
                     {QStringLiteral("status"), qtText(snapshotStatusName(info.status))},
                     {QStringLiteral("name"), qtText(info.name.value())},
                     {QStringLiteral("size_bytes"), static_cast<qint64>(info.sizeBytes)},
                     {QStringLiteral("resources"), resourcesJson(info.size)},
                     {QStringLiteral("created_at"), toJson(info.createdAt)}};
  if (!info.templateId.empty()) object.insert(QStringLiteral("template_id"), qtText(info.templateId));
  if (!info.templateName.empty()) object.insert(QStringLiteral("template_name"), qtText(info.templateName));
  if (info.readyAt) object.insert(QStringLiteral("ready_at"), toJson(*info.readyAt));
  return object;
}

Result<SnapshotInfo> snapshotFromJson(const QJsonObject& object) {
  const auto id = SnapshotId::parse(textOf(object, QLatin1String("id")));
  if (!id) return failure(id.error());
  const auto sandbox = SandboxId::parse(textOf(object, QLatin1String("sandbox_id")));
  if (!sandbox) return failure(sandbox.error());
  const auto status = snapshotStatusFromName(textOf(object, QLatin1String("status")));
  if (!status) return failure(badRequest("status", "The engine reports a snapshot status that this program does not know."));
  SnapshotInfo info{*id, *sandbox, nameOf(object, *id), *status};
  info.sandboxName = textOf(object, QLatin1String("sandbox_name"));
  info.templateId = textOf(object, QLatin1String("template_id"));
  info.templateName = textOf(object, QLatin1String("template_name"));
  info.size = resourcesOf(object.value(QLatin1String("resources")).toObject());
  info.sizeBytes = integerOf(object, QLatin1String("size_bytes")).value_or(0);
  info.createdAt = timeOf(object, QLatin1String("created_at")).value_or(WallTime{});
  info.readyAt = timeOf(object, QLatin1String("ready_at"));
  return info;
}

}  // namespace terrarium
