// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>
#include <algorithm>

#include "backend/support/result.h"

namespace terrarium {

// Values of query parameters. Errors name the parameter and say what is accepted.

[[nodiscard]] Result<int> readNumber(const QString& name, const QString& text, int minimum);
/// asc or desc.
[[nodiscard]] Result<bool> readAscending(const QString& name, const QString& text);
[[nodiscard]] Error notOneOf(const QString& name, const QString& value, const char* accepted);

constexpr int kMostItems = 200;  ///< on one page of a list

[[nodiscard]] inline bool isPaging(const QString& name) {
  return name == QLatin1String("limit") || name == QLatin1String("offset");
}

/// One of them into a query that has both; a limit beyond the most is cut to it.
template <class Query>
[[nodiscard]] Result<void> readPaging(const QString& name, const QString& text, Query& query) {
  const bool isLimit = name == QLatin1String("limit");
  const auto number = readNumber(name, text, isLimit ? 1 : 0);
  if (!number) return failure(number.error());
  if (isLimit)
    query.limit = std::min(*number, kMostItems);
  else
    query.offset = *number;
  return {};
}

}  // namespace terrarium
