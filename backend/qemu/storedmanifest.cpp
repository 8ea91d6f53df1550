// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/qemu/storedmanifest.h"

#include <QCryptographicHash>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <algorithm>

namespace terrarium {

namespace {

QString text(const std::string& value) { return QString::fromStdString(value); }

std::string textIn(const QJsonObject& object, const char* key) { return object.value(QLatin1String(key)).toString().toStdString(); }

qint64 numberIn(const QJsonObject& object, const char* key) { return object.value(QLatin1String(key)).toInteger(-1); }

QJsonObject toObject(const MachineFacts& facts) {
  return {{QStringLiteral("accelerator"), text(facts.accelerator)},
          {QStringLiteral("qemu_version"), text(facts.qemuVersion)},
          {QStringLiteral("machine_type"), text(facts.machineType)},
          {QStringLiteral("cpu_model"), text(facts.cpuModel)},
          {QStringLiteral("device_list_hash"), text(facts.deviceListHash)}};
}

MachineFacts factsIn(const QJsonObject& object) {
  return {textIn(object, "accelerator"), textIn(object, "qemu_version"), textIn(object, "machine_type"),
          textIn(object, "cpu_model"), textIn(object, "device_list_hash")};
}

QJsonObject toObject(const MachineSize& size) {
  return {{QStringLiteral("vcpu"), qint64(size.vcpus())},
          {QStringLiteral("memory_mib"), qint64(size.memoryMib())},
          {QStringLiteral("disk_mib"), qint64(size.diskMib())}};
}

const QLatin1String kSeal("sha256");

QString sealOf(const QJsonObject& object) {
  const auto text = QJsonDocument(object).toJson(QJsonDocument::Compact);
  return QString::fromLatin1(QCryptographicHash::hash(text, QCryptographicHash::Sha256).toHex());
}

Failure damaged(const char* why) {
  return failure(ErrorCode::Conflict,
                 "The snapshot's manifest is damaged, so the snapshot cannot be used. Delete it or rebuild the template.", why);
}

}  // namespace

bool isPlainName(const std::string& name) {
  const auto plain = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_';
  };
  return !name.empty() && name.size() <= 128 && name.front() != '.' && std::all_of(name.begin(), name.end(), plain);
}

QByteArray StoredManifest::toJson() const {
  QJsonArray layers;
  for (std::size_t i = 0; i < manifest.layers.size(); ++i) {
    layers.append(QJsonObject{{QStringLiteral("name"), text(manifest.layers[i])},
                              {QStringLiteral("bytes"), layerBytes.at(i)},
                              {QStringLiteral("modified"), layerModified.empty() ? -1 : layerModified.at(i)}});
  }
  const QJsonObject object{{QStringLiteral("version"), kVersion},
                           {QStringLiteral("id"), text(manifest.id)},
                           {QStringLiteral("kernel_version"), text(manifest.kernelVersion)},
                           {QStringLiteral("agent_version"), text(manifest.agentVersion)},
                           {QStringLiteral("content_hash"), text(manifest.contentHash)},
                           {QStringLiteral("facts"), toObject(manifest.facts)},
                           {QStringLiteral("size"), toObject(manifest.size)},
                           {QStringLiteral("ram_bytes"), ramBytes},
                           {QStringLiteral("ram_modified"), ramModified},
                           {QStringLiteral("state_bytes"), stateBytes},
                           {QStringLiteral("state_sha256"), text(stateHash)},
                           {QStringLiteral("layers"), layers}};
  auto sealed = object;
  sealed.insert(kSeal, sealOf(object));
  return QJsonDocument(sealed).toJson();
}

Result<StoredManifest> StoredManifest::fromJson(const QByteArray& json) {
  const auto document = QJsonDocument::fromJson(json);
  if (!document.isObject()) return damaged("not a JSON object");
  auto object = document.object();
  const auto seal = object.take(kSeal);
  const auto version = numberIn(object, "version");
  if (version > kVersion) {
    return failure(ErrorCode::Conflict, "The snapshot was made by a newer version of Terrarium. Update Terrarium to use it.");
  }
  if (version != kVersion) return damaged("no version");
  // One without was written before there were seals.
  if (!seal.isUndefined() && seal.toString() != sealOf(object)) return damaged("it was changed");
  const auto shape = object.value(QLatin1String("size")).toObject();
  const auto size = MachineSize::parse(numberIn(shape, "vcpu"), numberIn(shape, "memory_mib"), numberIn(shape, "disk_mib"));
  if (!size) return damaged("no size");
  StoredManifest stored;
  stored.manifest = {textIn(object, "id"),
                     textIn(object, "kernel_version"),
                     textIn(object, "agent_version"),
                     textIn(object, "content_hash"),
                     factsIn(object.value(QLatin1String("facts")).toObject()),
                     *size,
                     {}};
  stored.ramBytes = numberIn(object, "ram_bytes");
  stored.ramModified = numberIn(object, "ram_modified");
  stored.stateBytes = numberIn(object, "state_bytes");
  stored.stateHash = textIn(object, "state_sha256");
  const auto layers = object.value(QLatin1String("layers")).toArray();
  for (const auto& layer : layers) {
    stored.manifest.layers.push_back(textIn(layer.toObject(), "name"));
    stored.layerBytes.push_back(numberIn(layer.toObject(), "bytes"));
    stored.layerModified.push_back(numberIn(layer.toObject(), "modified"));
    if (!isPlainName(stored.manifest.layers.back())) return damaged("a layer's name");
  }
  if (!isPlainName(stored.manifest.id) || layers.isEmpty()) return damaged("no id or no layers");
  return stored;
}

}  // namespace terrarium
