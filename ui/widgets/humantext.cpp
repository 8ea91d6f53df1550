// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/widgets/humantext.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>

namespace terrarium {

namespace {

/// Translations of this file stand under one context.
struct HumanText {
  Q_DECLARE_TR_FUNCTIONS(HumanText)
};

constexpr qint64 kMinute = 60, kHour = 3600, kDay = 86400;

}  // namespace

QString toText(const std::string& utf8) { return QString::fromStdString(utf8); }
QString toText(std::string_view utf8) { return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size())); }

QString ageText(std::chrono::seconds age) {
  const qint64 s = age.count();
  if (s < 2) return HumanText::tr("just now");
  if (s < kMinute) return HumanText::tr("%1 s").arg(s);
  if (s < kHour) return HumanText::tr("%1 min").arg(s / kMinute);
  if (s < kDay) return HumanText::tr("%1 h").arg(s / kHour);
  return HumanText::tr("%1 d").arg(s / kDay);
}

QString remainingText(std::chrono::seconds remaining) {
  const qint64 s = remaining.count();
  if (s <= 0) return HumanText::tr("ending now");
  if (s < kMinute) return HumanText::tr("%1 s left").arg(s);
  if (s < kHour) return HumanText::tr("%1 min left").arg(s / kMinute);
  if (s < kDay) return HumanText::tr("%1 h %2 min left").arg(s / kHour).arg(s % kHour / kMinute);
  return HumanText::tr("%1 d %2 h left").arg(s / kDay).arg(s % kDay / kHour);
}

QString durationText(std::chrono::seconds duration) {
  qint64 s = duration.count();
  QStringList parts;
  if (s >= kDay) parts << HumanText::tr("%n day(s)", nullptr, static_cast<int>(s / kDay));
  s %= kDay;
  if (s >= kHour) parts << HumanText::tr("%n hour(s)", nullptr, static_cast<int>(s / kHour));
  s %= kHour;
  if (s >= kMinute) parts << HumanText::tr("%n minute(s)", nullptr, static_cast<int>(s / kMinute));
  s %= kMinute;
  if (s > 0 || parts.isEmpty()) parts << HumanText::tr("%n second(s)", nullptr, static_cast<int>(s));
  return parts.join(QLatin1Char(' '));
}

QString elapsedText(std::chrono::milliseconds elapsed) {
  const qint64 s = elapsed.count() / 1000;
  return QStringLiteral("%1:%2").arg(s / kMinute).arg(s % kMinute, 2, 10, QLatin1Char('0'));
}

QString bytesText(std::int64_t bytes) { return QLocale().formattedDataSize(bytes, bytes >= (1LL << 30) ? 1 : 0); }

QString absoluteText(WallTime time) {
  const auto ms = std::chrono::duration_cast<std::chrono::milliseconds>(time.time_since_epoch()).count();
  return QLocale().toString(QDateTime::fromMSecsSinceEpoch(ms), QStringLiteral("ddd d MMM yyyy, HH:mm:ss"));
}

std::chrono::seconds secondsBetween(WallTime from, WallTime to) { return std::chrono::floor<std::chrono::seconds>(to - from); }

DeadlineNearness deadlineNearness(std::chrono::seconds remaining, std::chrono::seconds lifetime) {
  if (remaining.count() < 60) return DeadlineNearness::Imminent;
  if (remaining * 10 < lifetime) return DeadlineNearness::Near;
  return DeadlineNearness::Far;
}

}  // namespace terrarium
