// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QJsonObject>

#include "backend/domain/activityentry.h"
#include "backend/support/result.h"

namespace terrarium {

[[nodiscard]] QJsonObject toJson(const ActivityEntry& entry);
/// Internal for an action that this program does not know.
[[nodiscard]] Result<ActivityEntry> activityFromJson(const QJsonObject& object);

}  // namespace terrarium
