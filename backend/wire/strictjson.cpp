// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/wire/strictjson.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QSet>
#include <cmath>

namespace terrarium {

namespace {

const char* kindOf(const QJsonValue& value) {
  switch (value.type()) {
    case QJsonValue::Null:
      return "null";
    case QJsonValue::Bool:
      return "a boolean";
    case QJsonValue::Double:
      return "a number";
    case QJsonValue::String:
      return "a string";
    case QJsonValue::Array:
      return "an array";
    case QJsonValue::Object:
      return "an object";
    case QJsonValue::Undefined:
      break;
  }
  return "nothing";
}

/// Finds what Qt's parser lets pass: a key that occurs twice in one object, and 1.0 or 1e3 where only integers are accepted. Only
/// for text that Qt's parser has accepted, so the syntax is known to be right.
class SecondReading {
 public:
  explicit SecondReading(const QByteArray& text) : text_(text) {}

  [[nodiscard]] Result<void> run() {
    for (qsizetype i = 0; i < text_.size(); ++i) {
      const char character = text_.at(i);
      if (character == '{') {
        objects_.emplace_back();
      } else if (character == '}') {
        objects_.pop_back();
      } else if (character == '"') {
        const auto end = stringEnd(i);
        const auto raw = text_.mid(i, end - i + 1);
        i = end;
        if (isKey(end) && !enter(raw))
          return failure(badRequest("", "The request body holds the key " + raw.toStdString() + " twice."));
      } else if (character == '-' || (character >= '0' && character <= '9')) {
        const auto begin = i;
        while (i + 1 < text_.size() && QByteArrayLiteral("+-.0123456789eE").contains(text_.at(i + 1))) ++i;
        const auto number = text_.mid(begin, i - begin + 1);
        if (number.contains('.') || number.toLower().contains('e')) return refuse(number);
      }
    }
    return {};
  }

 private:
  struct Object {
    QSet<QString> keys;
    QString key;  ///< the last one
  };

  /// False: it was there already.
  [[nodiscard]] bool enter(const QByteArray& raw) {
    // Escapes may spell the same key differently.
    auto& object = objects_.back();
    object.key = QJsonDocument::fromJson('[' + raw + ']').array().first().toString();
    const auto before = object.keys.size();
    object.keys.insert(object.key);
    return object.keys.size() > before;
  }
  [[nodiscard]] Result<void> refuse(const QByteArray& number) const {
    QStringList path;
    for (const auto& object : objects_) path << object.key;
    const auto field = path.join(QLatin1Char('.')).toStdString();
    return failure(
        badRequest(field, field + " is " + number.toStdString() + "; an integer is accepted, without point and exponent"));
  }
  [[nodiscard]] qsizetype stringEnd(qsizetype begin) const {
    for (auto i = begin + 1; i < text_.size(); ++i) {
      if (text_.at(i) == '\\')
        ++i;
      else if (text_.at(i) == '"')
        return i;
    }
    return text_.size() - 1;
  }
  [[nodiscard]] bool isKey(qsizetype end) const {
    auto i = end + 1;
    while (i < text_.size() && QByteArrayLiteral(" \t\r\n").contains(text_.at(i))) ++i;
    return i < text_.size() && text_.at(i) == ':';
  }
  const QByteArray& text_;
  std::vector<Object> objects_;
};

}  // namespace

Result<QJsonObject> parseStrictObject(const QByteArray& body) {
  if (body.trimmed().isEmpty()) return QJsonObject{};
  QJsonParseError error;
  const auto document = QJsonDocument::fromJson(body, &error);
  if (error.error != QJsonParseError::NoError) {
    return failure(badRequest("", "The request body is not valid JSON: " + error.errorString().toStdString() + " at byte " +
                                      std::to_string(error.offset) + "."));
  }
  if (!document.isObject()) return failure(badRequest("", "The request body has to be a JSON object."));
  if (const auto read = SecondReading(body).run(); !read) return failure(read.error());
  return document.object();
}

bool FieldReader::has(const char* name) {
  known_ << QLatin1String(name);
  return object_.contains(QLatin1String(name));
}

bool FieldReader::isNull(const char* name) const { return object_.value(QLatin1String(name)).isNull(); }

QJsonValue FieldReader::take(const char* name) {
  known_ << QLatin1String(name);
  return object_.value(QLatin1String(name));
}

void FieldReader::refuse(const QString& name, const QJsonValue& value, const char* accepted) {
  const auto field = (prefix_ + name).toStdString();
  fail(badRequest(field, field + " is " + kindOf(value) + "; " + accepted + " is accepted"));
}

std::optional<std::string> FieldReader::text(const char* name) {
  const auto value = take(name);
  if (value.isUndefined() || value.isNull()) return std::nullopt;
  if (!value.isString()) {
    refuse(QLatin1String(name), value, "a string");
    return std::nullopt;
  }
  return value.toString().toStdString();
}

std::optional<std::int64_t> FieldReader::integer(const char* name) {
  constexpr double kExact = 9007199254740992.0;  // 2^53
  const auto value = take(name);
  if (value.isUndefined() || value.isNull()) return std::nullopt;
  const double number = value.toDouble();
  if (!value.isDouble() || std::floor(number) != number || std::abs(number) > kExact) {
    refuse(QLatin1String(name), value, "an integer");
    return std::nullopt;
  }
  return static_cast<std::int64_t>(number);
}

std::optional<bool> FieldReader::boolean(const char* name) {
  const auto value = take(name);
  if (value.isUndefined() || value.isNull()) return std::nullopt;
  if (!value.isBool()) {
    refuse(QLatin1String(name), value, "true or false");
    return std::nullopt;
  }
  return value.toBool();
}

std::optional<std::map<std::string, std::string>> FieldReader::textMap(const char* name) {
  const auto value = take(name);
  if (value.isUndefined() || value.isNull()) return std::nullopt;
  if (!value.isObject()) {
    refuse(QLatin1String(name), value, "an object of strings");
    return std::nullopt;
  }
  std::map<std::string, std::string> result;
  const auto members = value.toObject();
  for (auto it = members.begin(); it != members.end(); ++it) {
    if (!it.value().isString()) {
      refuse(QLatin1String(name) + QLatin1Char('.') + it.key(), it.value(), "a string (values are not converted)");
      return std::nullopt;
    }
    result.emplace(it.key().toStdString(), it.value().toString().toStdString());
  }
  return result;
}

std::optional<std::vector<std::string>> FieldReader::textList(const char* name) {
  const auto value = take(name);
  if (value.isUndefined() || value.isNull()) return std::nullopt;
  if (!value.isArray()) {
    refuse(QLatin1String(name), value, "an array of strings");
    return std::nullopt;
  }
  std::vector<std::string> result;
  for (const auto& item : value.toArray()) {
    if (!item.isString()) {
      refuse(QStringLiteral("%1[%2]").arg(QLatin1String(name)).arg(result.size()), item, "a string");
      return std::nullopt;
    }
    result.push_back(item.toString().toStdString());
  }
  return result;
}

std::optional<QJsonObject> FieldReader::object(const char* name) {
  const auto value = take(name);
  if (value.isUndefined() || value.isNull()) return std::nullopt;
  if (!value.isObject()) {
    refuse(QLatin1String(name), value, "an object");
    return std::nullopt;
  }
  return value.toObject();
}

Result<void> FieldReader::finish() {
  for (const auto& key : object_.keys()) {
    if (known_.contains(key)) continue;
    known_.removeDuplicates();
    known_.sort();
    const auto field = (prefix_ + key).toStdString();
    fail(badRequest(field, "unknown field '" + field + "'; known are: " + known_.join(QStringLiteral(", ")).toStdString()));
  }
  if (problem_) return failure(*problem_);
  return {};
}

}  // namespace terrarium
