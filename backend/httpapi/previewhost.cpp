// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/httpapi/previewhost.h"

#include <QByteArrayList>
#include <algorithm>

namespace terrarium {

namespace {
constexpr int kHighestPort = 65535;
constexpr qsizetype kMostDigits = 5;
const QByteArray kSuffix = ".localhost";
}  // namespace

std::optional<PreviewHost> parsePreviewHost(const QByteArray& host) {
  auto name = host.split(':').first().toLower();
  if (!name.endsWith(kSuffix)) return std::nullopt;
  name.chop(kSuffix.size());
  const auto dash = name.indexOf('-');
  if (dash < 1 || dash > kMostDigits) return std::nullopt;
  const auto digits = name.left(dash);
  if (!std::all_of(digits.begin(), digits.end(), [](char digit) { return digit >= '0' && digit <= '9'; })) return std::nullopt;
  const auto id = SandboxId::parse(name.mid(dash + 1).toStdString());
  const int port = digits.toInt();
  if (!id || port > kHighestPort) return std::nullopt;
  return PreviewHost{*id, port};
}

}  // namespace terrarium
