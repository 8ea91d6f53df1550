// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QJsonObject>

#include "backend/api/events.h"

namespace terrarium {

/// The payloads of /local/events.
[[nodiscard]] Result<OperationProgress> operationFromJson(const QJsonObject& object);
[[nodiscard]] SandboxStatistics statisticsFromJson(const QJsonObject& object);

[[nodiscard]] QJsonObject toJson(const OperationProgress& progress);
[[nodiscard]] QJsonObject toJson(const SandboxStatistics& statistics);

}  // namespace terrarium
