// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QJsonObject>
#include <QStringList>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "backend/support/result.h"

namespace terrarium {

/// Parses a request body as one JSON object. Refuses what Qt's parser lets pass: duplicate keys and
/// numbers with a point or an exponent (no request has a field for them). An empty body is an empty object.
[[nodiscard]] Result<QJsonObject> parseStrictObject(const QByteArray& body);

/// Reads the members of a request object; the first problem is kept, later calls do nothing. Every error names the field, what it
/// is and what is accepted. Members that were never asked for are refused by finish().
class FieldReader {
 public:
  explicit FieldReader(QJsonObject object, QString prefix = {}) : object_(std::move(object)), prefix_(std::move(prefix)) {}

  [[nodiscard]] bool has(const char* name);
  [[nodiscard]] bool isNull(const char* name) const;
  std::optional<std::string> text(const char* name);
  std::optional<std::int64_t> integer(const char* name);
  std::optional<bool> boolean(const char* name);
  std::optional<std::map<std::string, std::string>> textMap(const char* name);
  std::optional<std::vector<std::string>> textList(const char* name);
  std::optional<QJsonObject> object(const char* name);

  [[nodiscard]] Result<void> finish();
  void fail(const Error& error) {
    if (!problem_) problem_ = error;
  }

 private:
  [[nodiscard]] QJsonValue take(const char* name);
  void refuse(const QString& name, const QJsonValue& value, const char* accepted);
  QJsonObject object_;
  QString prefix_;
  QStringList known_;
  std::optional<Error> problem_;
};

}  // namespace terrarium
