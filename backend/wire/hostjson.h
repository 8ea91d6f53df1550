// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QJsonObject>

#include "backend/api/host.h"

namespace terrarium {

[[nodiscard]] QJsonObject toJson(const HostInfo& info);
[[nodiscard]] HostInfo hostFromJson(const QJsonObject& object);

/// good, warning, bad.
[[nodiscard]] QString outcomeName(CheckOutcome outcome);

}  // namespace terrarium
