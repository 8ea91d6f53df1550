// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/wire/previewjson.h"

#include <QJsonArray>
#include <algorithm>

#include "backend/wire/jsonvalues.h"

namespace terrarium {

QJsonObject toJson(const PublishedPort& port) {
  return {{QStringLiteral("port"), port.port.value()},
          {QStringLiteral("access"), qtText(previewAccessName(port.access))},
          {QStringLiteral("token_version"), static_cast<qint64>(port.tokenVersion)}};
}

QJsonObject toJson(const PreviewSettings& settings) {
  QJsonArray ports;
  for (const auto& port : settings.ports()) ports.append(toJson(port));
  return {{QStringLiteral("preview_access"), qtText(previewAccessName(settings.access()))}, {QStringLiteral("ports"), ports}};
}

Result<PublishedPort> publishedPortFromJson(const QJsonObject& object) {
  const auto port = PreviewPort::parse(integerOf(object, QLatin1String("port")).value_or(0));
  if (!port) return failure(port.error());
  const auto access = parsePreviewAccess(textOf(object, QLatin1String("access")));
  if (!access) return failure(access.error());
  return PublishedPort{*port, *access, integerOf(object, QLatin1String("token_version")).value_or(1)};
}

Result<PreviewSettings> previewSettingsFromJson(const QJsonObject& object) {
  const auto access = parsePreviewAccess(textOf(object, QLatin1String("preview_access")));
  if (!access) return failure(access.error());
  std::vector<PublishedPort> ports;
  std::int64_t lastVersion = 0;
  for (const auto& item : object.value(QLatin1String("ports")).toArray()) {
    const auto port = publishedPortFromJson(item.toObject());
    if (!port) return failure(port.error());
    lastVersion = std::max(lastVersion, port->tokenVersion);
    ports.push_back(*port);
  }
  return PreviewSettings::restore(*access, std::move(ports), lastVersion);
}

}  // namespace terrarium
