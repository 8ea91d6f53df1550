// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/wording.h"

#include <QString>
#include <algorithm>

namespace terrarium {

std::string durationText(std::chrono::seconds duration) {
  const auto seconds = std::max<std::int64_t>(0, duration.count());
  if (seconds < 60) return std::to_string(seconds) + " s";
  if (seconds < 3600) return std::to_string(seconds / 60) + " min";
  if (seconds < 86400) {
    const auto minutes = seconds / 60 % 60;
    return std::to_string(seconds / 3600) + " h" + (minutes ? " " + std::to_string(minutes) + " min" : std::string());
  }
  return std::to_string(seconds / 86400) + " d";
}

std::string sizeText(std::int64_t bytes) {
  if (bytes < 1024) return std::to_string(bytes) + " B";
  auto amount = static_cast<double>(bytes);
  const char* const units[] = {"B", "KiB", "MiB", "GiB", "TiB"};
  std::size_t unit = 0;
  while (amount >= 1024 && unit + 1 < std::size(units)) {
    amount /= 1024;
    ++unit;
  }
  return QString::number(amount, 'f', 1).toStdString() + " " + units[unit];
}

std::string elapsedText(std::int64_t milliseconds) {
  return QString::number(static_cast<double>(milliseconds) / 1000.0, 'f', 2).toStdString() + " s";
}

std::string tagsText(const Metadata& metadata) {
  std::string text;
  for (const auto& [key, value] : metadata.entries()) text += (text.empty() ? "" : ", ") + key + "=" + value;
  return text;
}

std::string expiryText(const SandboxInfo& info, WallTime now) {
  auto end = info.deadline();
  if (const auto other = info.autoDeleteAt(); other && (!end || *other < *end)) end = other;
  if (!end) return "-";
  return "in " + durationText(std::chrono::duration_cast<std::chrono::seconds>(*end - now));
}

}  // namespace terrarium
