// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/wire/sandboxjson.h"

#include "backend/wire/jsontext.h"
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

/// What JsonText does, into an object.
struct ObjectMembers {
  QJsonObject& object;
  void text(const char* key, std::string_view value) { object.insert(QLatin1String(key), qtText(value)); }
  void number(const char* key, std::int64_t value) { object.insert(QLatin1String(key), static_cast<qint64>(value)); }
  void flag(const char* key, bool value) { object.insert(QLatin1String(key), value); }
  void texts(const char* key, const std::map<std::string, std::string>& entries) {
    object.insert(QLatin1String(key), toJson(entries));
  }
  void lists(const char* key, const std::map<std::string, std::vector<std::string>>& entries) {
    QJsonObject inner;
    for (const auto& [name, values] : entries) inner.insert(qtText(name), toJson(values));
    object.insert(QLatin1String(key), inner);
  }
};

/// Everything but secrets, which lists do not show.
template <class Members>
void addMembers(Members& to, const SandboxInfo& info) {
  to.text("id", info.id.value());
  to.text("name", info.name.value());
  to.text("status", wireStatus(info.state));
  to.text("phase", phaseName(info.state));
  to.text("template_id", info.templateId);
  to.text("template_name", info.templateName);
  to.number("vcpu_count", info.size.vcpus());
  to.number("memory_mib", info.size.memoryMib());
  to.number("disk_mib", info.size.diskMib());
  to.text("created_at", isoTime(info.createdAt));
  to.texts("metadata", info.metadata.entries());
  to.text("preview_access", previewAccessName(info.previews.access()));
  to.flag("emulated", info.emulated);
  if (info.timeout) to.number("timeout_seconds", info.timeout->value().count());
  if (info.autoDelete) to.number("auto_delete_seconds", info.autoDelete->value().count());
  if (info.pausedAt) to.text("paused_at", isoTime(*info.pausedAt));
  if (const auto at = info.autoDeleteAt()) to.text("auto_delete_at", isoTime(*at));
  if (!info.egress.isDefault()) to.lists("network", {{"allow_out", info.egress.allowOut()}, {"deny_out", info.egress.denyOut()}});
  if (!info.snapshotId.empty()) to.text("snapshot_id", info.snapshotId);
  if (info.snapshotAt) to.text("snapshot_at", isoTime(*info.snapshotAt));
  if (!info.sourceSnapshotId.empty()) to.text("source_snapshot_id", info.sourceSnapshotId);
  if (!info.problem.empty()) to.text("problem", info.problem);
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
  QJsonObject object;
  ObjectMembers members{object};
  addMembers(members, info);
  if (!info.secrets.empty()) object.insert(QStringLiteral("secrets"), secretsJson(info.secrets));
  return object;
}

QByteArray listJson(const std::vector<SandboxInfo>& infos) {
  JsonText text;
  for (const auto& info : infos) {
    text.beginObject();
    addMembers(text, info);
    text.endObject();
  }
  return text.finish();
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
