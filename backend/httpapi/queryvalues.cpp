// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/httpapi/queryvalues.h"

namespace terrarium {

Result<int> readNumber(const QString& name, const QString& text, int minimum) {
  bool isNumber = false;
  const int number = text.toInt(&isNumber);
  if (isNumber && number >= minimum) return number;
  const auto field = name.toStdString();
  return failure(badRequest(
      field, field + " has to be an integer of at least " + std::to_string(minimum) + ", not '" + text.toStdString() + "'"));
}

Result<bool> readAscending(const QString& name, const QString& text) {
  if (text == QLatin1String("asc")) return true;
  if (text == QLatin1String("desc")) return false;
  return failure(notOneOf(name, text, "asc, desc"));
}

Error notOneOf(const QString& name, const QString& value, const char* accepted) {
  const auto field = name.toStdString();
  return badRequest(field, field + " has to be one of " + accepted + ", not '" + value.toStdString() + "'");
}

}  // namespace terrarium
