// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QJsonObject>

#include "backend/domain/previewsettings.h"

namespace terrarium {

[[nodiscard]] QJsonObject toJson(const PublishedPort& port);
[[nodiscard]] QJsonObject toJson(const PreviewSettings& settings);
[[nodiscard]] Result<PublishedPort> publishedPortFromJson(const QJsonObject& object);
[[nodiscard]] Result<PreviewSettings> previewSettingsFromJson(const QJsonObject& object);

}  // namespace terrarium
