// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/store/columns.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace terrarium {

namespace {

QString json(const QJsonObject& object) { return QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Compact)); }

QString json(const QJsonArray& array) { return QString::fromUtf8(QJsonDocument(array).toJson(QJsonDocument::Compact)); }

Error unreadable(const QString& text) {
  return Error{ErrorCode::FileSystem, "A value of the database cannot be understood.", text.left(200).toStdString(), {}};
}

Result<QJsonDocument> parsed(const QString& text) {
  const auto document = QJsonDocument::fromJson(text.toUtf8());
  if (document.isNull()) return failure(unreadable(text));
  return document;
}

QJsonObject objectFromMap(const std::map<std::string, std::string>& map) {
  QJsonObject object;
  for (const auto& [key, value] : map) object.insert(QString::fromStdString(key), QString::fromStdString(value));
  return object;
}

std::map<std::string, std::string> mapFrom(const QJsonObject& object) {
  std::map<std::string, std::string> map;
  for (auto entry = object.begin(); entry != object.end(); ++entry) {
    map.emplace(entry.key().toStdString(), entry.value().toString().toStdString());
  }
  return map;
}

QJsonArray arrayFromList(const std::vector<std::string>& list) {
  QJsonArray array;
  for (const auto& entry : list) array.append(QString::fromStdString(entry));
  return array;
}

std::vector<std::string> listFrom(const QJsonArray& array) {
  std::vector<std::string> list;
  for (const auto& entry : array) list.push_back(entry.toString().toStdString());
  return list;
}

std::string stringOf(const QJsonObject& object, QLatin1String key) { return object.value(key).toString().toStdString(); }

QJsonObject objectFromFacts(const MachineFacts& facts) {
  return objectFromMap({{"accelerator", facts.accelerator},
                        {"qemu_version", facts.qemuVersion},
                        {"machine_type", facts.machineType},
                        {"cpu_model", facts.cpuModel},
                        {"device_list_hash", facts.deviceListHash}});
}

MachineFacts factsFrom(const QJsonObject& object) {
  return {stringOf(object, QLatin1String("accelerator")), stringOf(object, QLatin1String("qemu_version")),
          stringOf(object, QLatin1String("machine_type")), stringOf(object, QLatin1String("cpu_model")),
          stringOf(object, QLatin1String("device_list_hash"))};
}

QJsonObject objectFromManifest(const SnapshotManifest& manifest) {
  auto object = objectFromMap({{"id", manifest.id},
                               {"kernel_version", manifest.kernelVersion},
                               {"agent_version", manifest.agentVersion},
                               {"content_hash", manifest.contentHash}});
  object.insert(QLatin1String("facts"), objectFromFacts(manifest.facts));
  object.insert(QLatin1String("layers"), arrayFromList(manifest.layers));
  object.insert(QLatin1String("vcpus"), static_cast<qint64>(manifest.size.vcpus()));
  object.insert(QLatin1String("memory_mib"), static_cast<qint64>(manifest.size.memoryMib()));
  object.insert(QLatin1String("disk_mib"), static_cast<qint64>(manifest.size.diskMib()));
  return object;
}

Result<SnapshotManifest> manifestFrom(const QJsonObject& object) {
  SnapshotManifest manifest;
  manifest.id = stringOf(object, QLatin1String("id"));
  manifest.kernelVersion = stringOf(object, QLatin1String("kernel_version"));
  manifest.agentVersion = stringOf(object, QLatin1String("agent_version"));
  manifest.contentHash = stringOf(object, QLatin1String("content_hash"));
  manifest.facts = factsFrom(object.value(QLatin1String("facts")).toObject());
  manifest.layers = listFrom(object.value(QLatin1String("layers")).toArray());
  const auto size =
      MachineSize::parse(object.value(QLatin1String("vcpus")).toInteger(), object.value(QLatin1String("memory_mib")).toInteger(),
                         object.value(QLatin1String("disk_mib")).toInteger());
  if (!size) return failure(size.error());
  manifest.size = *size;
  return manifest;
}

}  // namespace

QString textFromMap(const std::map<std::string, std::string>& map) { return json(objectFromMap(map)); }

Result<std::map<std::string, std::string>> mapFromText(const QString& text) {
  const auto document = parsed(text);
  if (!document || !document->isObject()) return failure(unreadable(text));
  return mapFrom(document->object());
}

QString textFromList(const std::vector<std::string>& list) { return json(arrayFromList(list)); }

Result<std::vector<std::string>> listFromText(const QString& text) {
  const auto document = parsed(text);
  if (!document || !document->isArray()) return failure(unreadable(text));
  return listFrom(document->array());
}

QString textFromSecrets(const std::vector<SecretBindingInfo>& secrets) {
  QJsonArray array;
  for (const auto& secret : secrets) {
    auto object = objectFromMap({{"env_key", secret.envKey}, {"secret_name", secret.secretName}});
    object.insert(QLatin1String("revoked"), secret.revoked);
    array.append(object);
  }
  return json(array);
}

Result<std::vector<SecretBindingInfo>> secretsFromText(const QString& text) {
  const auto document = parsed(text);
  if (!document || !document->isArray()) return failure(unreadable(text));
  std::vector<SecretBindingInfo> secrets;
  const auto array = document->array();
  for (const auto& entry : array) {
    const auto object = entry.toObject();
    secrets.push_back({stringOf(object, QLatin1String("env_key")), stringOf(object, QLatin1String("secret_name")),
                       object.value(QLatin1String("revoked")).toBool()});
  }
  return secrets;
}

QString textFromPreviews(const PreviewSettings& previews) {
  QJsonArray ports;
  for (const auto& port : previews.ports()) {
    auto object = objectFromMap({{"access", std::string(previewAccessName(port.access))}});
    object.insert(QLatin1String("port"), port.port.value());
    object.insert(QLatin1String("token_version"), static_cast<qint64>(port.tokenVersion));
    ports.append(object);
  }
  auto object = objectFromMap({{"access", std::string(previewAccessName(previews.access()))}});
  object.insert(QLatin1String("ports"), ports);
  object.insert(QLatin1String("last_version"), static_cast<qint64>(previews.lastVersion()));
  return json(object);
}

Result<PreviewSettings> previewsFromText(const QString& text) {
  const auto document = parsed(text);
  if (!document || !document->isObject()) return failure(unreadable(text));
  const auto object = document->object();
  if (object.isEmpty()) return PreviewSettings();  // from before there were any
  const auto access = parsePreviewAccess(stringOf(object, QLatin1String("access")));
  if (!access) return failure(unreadable(text));
  std::vector<PublishedPort> ports;
  for (const auto& entry : object.value(QLatin1String("ports")).toArray()) {
    const auto row = entry.toObject();
    const auto port = PreviewPort::parse(row.value(QLatin1String("port")).toInt());
    const auto portAccess = parsePreviewAccess(stringOf(row, QLatin1String("access")));
    if (!port || !portAccess) return failure(unreadable(text));
    ports.push_back({*port, *portAccess, row.value(QLatin1String("token_version")).toInteger()});
  }
  return PreviewSettings::restore(*access, std::move(ports), object.value(QLatin1String("last_version")).toInteger());
}

QString textFromDefaults(const GuestDefaults& defaults) {
  auto object = objectFromMap({{"user", defaults.user}, {"working_directory", defaults.workingDirectory}});
  object.insert(QLatin1String("env"), objectFromMap(defaults.env));
  return json(object);
}

Result<GuestDefaults> defaultsFromText(const QString& text) {
  const auto document = parsed(text);
  if (!document || !document->isObject()) return failure(unreadable(text));
  const auto object = document->object();
  return GuestDefaults{mapFrom(object.value(QLatin1String("env")).toObject()), stringOf(object, QLatin1String("user")),
                       stringOf(object, QLatin1String("working_directory"))};
}

QString textFromMachine(const MachineRecord& machine) {
  const auto& files = machine.files;
  QJsonObject object;
  object.insert(QLatin1String("cookie"), QString::fromStdString(machine.cookie));
  object.insert(QLatin1String("work_directory"), files.workDirectory);
  object.insert(QLatin1String("ram_file"), files.ramFile);
  object.insert(QLatin1String("state_file"), files.stateFile);
  object.insert(QLatin1String("disk"), QJsonArray::fromStringList(files.disk.layers));
  object.insert(QLatin1String("from"), objectFromManifest(files.from));
  return json(object);
}

Result<MachineRecord> machineFromText(const QString& text) {
  const auto document = parsed(text);
  if (!document || !document->isObject()) return failure(unreadable(text));
  const auto object = document->object();
  MachineRecord machine;
  machine.cookie = stringOf(object, QLatin1String("cookie"));
  machine.files.workDirectory = object.value(QLatin1String("work_directory")).toString();
  machine.files.ramFile = object.value(QLatin1String("ram_file")).toString();
  machine.files.stateFile = object.value(QLatin1String("state_file")).toString();
  const auto disk = object.value(QLatin1String("disk")).toArray();
  for (const auto& layer : disk) machine.files.disk.layers.append(layer.toString());
  const auto from = manifestFrom(object.value(QLatin1String("from")).toObject());
  if (!from) return failure(from.error());
  machine.files.from = *from;
  return machine;
}

qint64 microseconds(WallTime time) {
  return std::chrono::duration_cast<std::chrono::microseconds>(time.time_since_epoch()).count();
}

WallTime wallTime(qint64 microseconds) {
  return WallTime(std::chrono::duration_cast<WallTime::duration>(std::chrono::microseconds(microseconds)));
}

}  // namespace terrarium
