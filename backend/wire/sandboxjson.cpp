// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/wire/sandboxjson.h"

#include "backend/wire/jsonvalues.h"

namespace terrarium {

namespace {
QJsonObject networkJson(const std::vector<std::string>& allowOut, const std::vector<std::string>& denyOut) {
  return {{QStringLiteral("allow_out"), toJson(allowOut)}, {QStringLiteral("deny_out"), toJson(denyOut)}};
}

std::optional<SandboxState> stateOf(const QJsonObject& object) {
  if (const auto state = stateFromPhase(textOf(object, QLatin1String("phase")))) return state;
  const auto status = textOf(object, QLatin1String("status"));
  if (status == "migrating") return SandboxState::Resuming;
  return stateFromPhase(status);
}

SandboxName nameOf(const QJsonObject& object, const SandboxId& id) {
  if (auto name = SandboxName::parse(textOf(object, QLatin1String("name")))) return *name;
  return *SandboxName::parse(id.value());
}

Metadata metadataOf(const QJsonObject& object) {
  Metadata::Entries accepted;
  for (const auto& [key, value] : textMapOf(object, QLatin1String("metadata"))) {
    if (Metadata::parse({{key, value}})) accepted.emplace(key, value);
  }
  auto metadata = Metadata::parse(std::move(accepted));
  return metadata ? *metadata : Metadata::none();
}

MachineSize sizeOf(const QJsonObject& object) {
  const auto standard = MachineSize::standard();
  const auto size = MachineSize::parse(integerOf(object, QLatin1String("vcpu_count")).value_or(standard.vcpus()),
                                       integerOf(object, QLatin1String("memory_mib")).value_or(standard.memoryMib()),
                                       integerOf(object, QLatin1String("disk_mib")).value_or(standard.diskMib()));
  return size ? *size : standard;
}

std::vector<SecretBindingInfo> secretsOf(const QJsonObject& object) {
  std::vector<SecretBindingInfo> secrets;
  for (const auto& item : object.value(QLatin1String("secrets")).toArray()) {
    const auto binding = item.toObject();
    secrets.push_back({textOf(binding, QLatin1String("env_key")), textOf(binding, QLatin1String("secret_name")),
                       binding.value(QLatin1String("revoked")).toBool()});
  }
  return secrets;
}

template <class T>
std::optional<T> limitOf(const QJsonObject& object, QLatin1String key) {
  const auto seconds = integerOf(object, key);
  if (!seconds) return std::nullopt;
  auto limit = T::parse(*seconds);
  if (!limit) return std::nullopt;
  return *limit;
}

void readTimes(const QJsonObject& object, SandboxInfo& info) {
  info.createdAt = timeOf(object, QLatin1String("created_at")).value_or(WallTime{});
  info.timeout = limitOf<Timeout>(object, QLatin1String("timeout_seconds"));
  info.autoDelete = limitOf<AutoDelete>(object, QLatin1String("auto_delete_seconds"));
  info.pausedAt = timeOf(object, QLatin1String("paused_at"));
  const auto deletedAt = timeOf(object, QLatin1String("auto_delete_at"));
  if (!info.pausedAt && deletedAt && info.autoDelete) info.pausedAt = *deletedAt - info.autoDelete->value();
}

QJsonArray secretsJson(const std::vector<SecretBindingInfo>& secrets) {
  QJsonArray array;
  for (const auto& secret : secrets) {
    QJsonObject object{{QStringLiteral("env_key"), qtText(secret.envKey)},
                       {QStringLiteral("secret_name"), qtText(secret.secretName)}};
    if (secret.revoked) object.insert(QStringLiteral("revoked"), true);
    array.append(object);
  }
  return array;
}

template <class T>
void putChange(QJsonObject& object, const QString& key, const Change<T>& change) {
  if (!change) return;
  object.insert(key, *change ? QJsonValue(static_cast<qint64>(**change)) : QJsonValue(QJsonValue::Null));
}
}  // namespace

QJsonObject toJson(const SandboxSpec& spec) {
  const auto request = spec.toRequest();
  QJsonObject object{{QStringLiteral("name"), qtText(request.name)}};
  if (request.fromTemplate) object.insert(QStringLiteral("from_template"), qtText(*request.fromTemplate));
  if (request.fromSnapshot) object.insert(QStringLiteral("from_snapshot"), qtText(*request.fromSnapshot));
  if (request.timeoutSeconds) object.insert(QStringLiteral("timeout_seconds"), static_cast<qint64>(*request.timeoutSeconds));
  if (request.autoDeleteSeconds)
    object.insert(QStringLiteral("auto_delete_seconds"), static_cast<qint64>(*request.autoDeleteSeconds));
  if (!request.metadata.empty()) object.insert(QStringLiteral("metadata"), toJson(request.metadata));
  if (!request.envVars.empty()) object.insert(QStringLiteral("env_vars"), toJson(request.envVars));
  if (!request.allowOut.empty() || !request.denyOut.empty()) {
    object.insert(QStringLiteral("network"), networkJson(request.allowOut, request.denyOut));
  }
  if (!request.secrets.empty()) object.insert(QStringLiteral("secrets"), toJson(request.secrets));
  if (request.previewAccess) object.insert(QStringLiteral("preview_access"), qtText(*request.previewAccess));
  return object;
}

QJsonObject toJson(const SandboxPatch& patch) {
  const auto request = patch.toRequest();
  QJsonObject object;
  if (request.metadata) object.insert(QStringLiteral("metadata"), toJson(*request.metadata));
  if (request.network) object.insert(QStringLiteral("network"), networkJson(request.network->allowOut, request.network->denyOut));
  putChange(object, QStringLiteral("timeout_seconds"), request.timeoutSeconds);
  putChange(object, QStringLiteral("auto_delete_seconds"), request.autoDeleteSeconds);
  if (request.previewAccess) object.insert(QStringLiteral("preview_access"), qtText(*request.previewAccess));
  return object;
}

QJsonObject toJson(const SandboxInfo& info) {
  QJsonObject object{{QStringLiteral("id"), qtText(info.id.value())},
                     {QStringLiteral("name"), qtText(info.name.value())},
                     {QStringLiteral("status"), qtText(wireStatus(info.state))},
                     {QStringLiteral("phase"), qtText(phaseName(info.state))},
                     {QStringLiteral("template_id"), qtText(info.templateId)},
                     {QStringLiteral("template_name"), qtText(info.templateName)},
                     {QStringLiteral("vcpu_count"), static_cast<qint64>(info.size.vcpus())},
                     {QStringLiteral("memory_mib"), static_cast<qint64>(info.size.memoryMib())},
                     {QStringLiteral("disk_mib"), static_cast<qint64>(info.size.diskMib())},
                     {QStringLiteral("created_at"), toJson(info.createdAt)},
                     {QStringLiteral("metadata"), toJson(info.metadata.entries())},
                     {QStringLiteral("preview_access"), qtText(previewAccessName(info.previews.access()))},
                     {QStringLiteral("emulated"), info.emulated}};
  if (info.timeout) object.insert(QStringLiteral("timeout_seconds"), static_cast<qint64>(info.timeout->value().count()));
  if (info.autoDelete) object.insert(QStringLiteral("auto_delete_seconds"), static_cast<qint64>(info.autoDelete->value().count()));
  if (info.pausedAt) object.insert(QStringLiteral("paused_at"), toJson(*info.pausedAt));
  if (const auto at = info.autoDeleteAt()) object.insert(QStringLiteral("auto_delete_at"), toJson(*at));
  if (!info.egress.isDefault())
    object.insert(QStringLiteral("network"), networkJson(info.egress.allowOut(), info.egress.denyOut()));
  if (!info.secrets.empty()) object.insert(QStringLiteral("secrets"), secretsJson(info.secrets));
  if (!info.snapshotId.empty()) object.insert(QStringLiteral("snapshot_id"), qtText(info.snapshotId));
  if (info.snapshotAt) object.insert(QStringLiteral("snapshot_at"), toJson(*info.snapshotAt));
  if (!info.sourceSnapshotId.empty()) object.insert(QStringLiteral("source_snapshot_id"), qtText(info.sourceSnapshotId));
  if (!info.problem.empty()) object.insert(QStringLiteral("problem"), qtText(info.problem));
  return object;
}

Result<SandboxInfo> sandboxFromJson(const QJsonObject& object) {
  auto id = SandboxId::parse(textOf(object, QLatin1String("id")));
  if (!id) return failure(id.error());
  const auto state = stateOf(object);
  if (!state) return failure(badRequest("status", "The engine reports a sandbox status that this program does not know."));
  SandboxInfo info{*id, nameOf(object, *id), *state, textOf(object, QLatin1String("template_id")),
                   textOf(object, QLatin1String("template_name"))};
  info.size = sizeOf(object);
  readTimes(object, info);
  const auto network = object.value(QLatin1String("network")).toObject();
  if (auto rules = EgressRules::parse(textsOf(network, QLatin1String("allow_out")), textsOf(network, QLatin1String("deny_out")))) {
    info.egress = *rules;
  }
  info.metadata = metadataOf(object);
  info.secrets = secretsOf(object);
  if (const auto access = parsePreviewAccess(textOf(object, QLatin1String("preview_access")))) info.previews.setAccess(*access);
  info.snapshotId = textOf(object, QLatin1String("snapshot_id"));
  info.snapshotAt = timeOf(object, QLatin1String("snapshot_at"));
  info.sourceSnapshotId = textOf(object, QLatin1String("source_snapshot_id"));
  info.emulated = object.value(QLatin1String("emulated")).toBool();
  info.problem = textOf(object, QLatin1String("problem"));
  return info;
}

}  // namespace terrarium
