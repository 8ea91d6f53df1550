// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QJsonObject>

#include "backend/domain/buildinfo.h"
#include "backend/support/result.h"

namespace terrarium {

[[nodiscard]] QJsonObject toJson(const BuildInfo& info);
[[nodiscard]] Result<BuildInfo> buildFromJson(const QJsonObject& object);
[[nodiscard]] QJsonObject toJson(const BuildLogLine& line);
[[nodiscard]] BuildLogLine buildLogLineFromJson(const QJsonObject& object);

}  // namespace terrarium
