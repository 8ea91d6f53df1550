// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QJsonArray>
#include <QJsonObject>
#include <QLatin1String>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "backend/support/clock.h"

namespace terrarium {

// Members of a JSON object as the types of the domain. What is missing or of another kind counts as absent, as other servers add
// and leave out members.
[[nodiscard]] std::string textOf(const QJsonObject& object, QLatin1String key);
[[nodiscard]] std::optional<std::int64_t> integerOf(const QJsonObject& object, QLatin1String key);
[[nodiscard]] std::optional<WallTime> timeOf(const QJsonObject& object, QLatin1String key);
[[nodiscard]] std::vector<std::string> textsOf(const QJsonObject& object, QLatin1String key);
[[nodiscard]] std::map<std::string, std::string> textMapOf(const QJsonObject& object, QLatin1String key);

[[nodiscard]] QString qtText(std::string_view text);
[[nodiscard]] QJsonObject toJson(const std::map<std::string, std::string>& entries);
[[nodiscard]] QJsonArray toJson(const std::vector<std::string>& entries);
/// RFC 3339 in UTC with milliseconds.
[[nodiscard]] std::string isoTime(WallTime time);
[[nodiscard]] QString toJson(WallTime time);

}  // namespace terrarium
