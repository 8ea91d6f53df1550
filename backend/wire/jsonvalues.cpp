// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/wire/jsonvalues.h"

#include <QDateTime>
#include <array>
#include <cmath>
#include <cstdio>

namespace terrarium {

std::string textOf(const QJsonObject& object, QLatin1String key) { return object.value(key).toString().toStdString(); }

std::optional<std::int64_t> integerOf(const QJsonObject& object, QLatin1String key) {
  const auto value = object.value(key);
  if (!value.isDouble()) return std::nullopt;
  const auto number = value.toDouble();
  if (!std::isfinite(number) || std::abs(number) > 9.0e15) return std::nullopt;
  return static_cast<std::int64_t>(number);
}

std::optional<WallTime> timeOf(const QJsonObject& object, QLatin1String key) {
  const auto time = QDateTime::fromString(object.value(key).toString(), Qt::ISODateWithMs);
  if (!time.isValid()) return std::nullopt;
  const std::chrono::milliseconds since(time.toMSecsSinceEpoch());
  // Whoever answers may say any year; a clock of nanoseconds ends in 2262.
  constexpr auto kLast = std::chrono::floor<std::chrono::milliseconds>(WallTime::duration::max());
  if (since > kLast || since < -kLast) return std::nullopt;
  return WallTime(since);
}

std::vector<std::string> textsOf(const QJsonObject& object, QLatin1String key) {
  std::vector<std::string> texts;
  for (const auto& item : object.value(key).toArray()) {
    if (item.isString()) texts.push_back(item.toString().toStdString());
  }
  return texts;
}

std::map<std::string, std::string> textMapOf(const QJsonObject& object, QLatin1String key) {
  std::map<std::string, std::string> entries;
  const auto members = object.value(key).toObject();
  for (auto it = members.begin(); it != members.end(); ++it) {
    if (it.value().isString()) entries.emplace(it.key().toStdString(), it.value().toString().toStdString());
  }
  return entries;
}

QString qtText(std::string_view text) { return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size())); }

QJsonObject toJson(const std::map<std::string, std::string>& entries) {
  QJsonObject object;
  for (const auto& [key, value] : entries) object.insert(qtText(key), qtText(value));
  return object;
}

QJsonArray toJson(const std::vector<std::string>& entries) {
  QJsonArray array;
  for (const auto& entry : entries) array.append(qtText(entry));
  return array;
}

// By hand, because QDateTime takes a good part of the time for a long list.
std::string isoTime(WallTime time) {
  using namespace std::chrono;
  const auto at = floor<milliseconds>(time);
  const year_month_day date(floor<days>(at));
  const hh_mm_ss clock(at - floor<days>(at));
  std::array<char, 64> text{};
  const auto length = std::snprintf(text.data(), text.size(), "%04d-%02u-%02uT%02d:%02d:%02d.%03dZ", static_cast<int>(date.year()),
                                    static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                                    static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()),
                                    static_cast<int>(clock.seconds().count()), static_cast<int>(clock.subseconds().count()));
  return {text.data(), static_cast<std::size_t>(length)};
}

QString toJson(WallTime time) { return QString::fromStdString(isoTime(time)); }

}  // namespace terrarium
