// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/wire/jsontext.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QString>
#include <algorithm>
#include <utility>

namespace terrarium {

namespace {
bool isPlain(char c) { return c >= ' ' && c <= '~' && c != '"' && c != '\\'; }
}  // namespace

void JsonText::beginObject() {
  separate('[');
  out_ += '{';
}

void JsonText::text(std::string_view name, std::string_view value) {
  key(name);
  quote(value);
}

void JsonText::number(std::string_view name, std::int64_t value) {
  key(name);
  out_ += QByteArray::number(static_cast<qlonglong>(value));
}

void JsonText::flag(std::string_view name, bool value) {
  key(name);
  out_ += value ? "true" : "false";
}

void JsonText::texts(std::string_view name, const std::map<std::string, std::string>& entries) {
  key(name);
  out_ += '{';
  for (const auto& [entry, value] : entries) {
    separate('{');
    quote(entry);
    out_ += ':';
    quote(value);
  }
  out_ += '}';
}

void JsonText::lists(std::string_view name, const std::map<std::string, std::vector<std::string>>& entries) {
  key(name);
  out_ += '{';
  for (const auto& [entry, values] : entries) {
    key(entry);
    out_ += '[';
    for (const auto& value : values) {
      separate('[');
      quote(value);
    }
    out_ += ']';
  }
  out_ += '}';
}

QByteArray JsonText::finish() { return std::exchange(out_, QByteArrayLiteral("[")) + ']'; }

void JsonText::key(std::string_view name) {
  separate('{');
  out_ += '"';
  out_.append(name.data(), static_cast<qsizetype>(name.size()));
  out_ += "\":";
}

void JsonText::quote(std::string_view value) {
  const auto length = static_cast<qsizetype>(value.size());
  if (std::all_of(value.begin(), value.end(), isPlain)) {
    out_ += '"';
    out_.append(value.data(), length);
    out_ += '"';
    return;
  }
  // Qt knows what has to be escaped and what is no UTF-8.
  const auto array = QJsonDocument(QJsonArray{QString::fromUtf8(value.data(), length)}).toJson(QJsonDocument::Compact);
  out_.append(array.constData() + 1, array.size() - 2);
}

void JsonText::separate(char opening) {
  if (!out_.endsWith(opening)) out_ += ',';
}

}  // namespace terrarium
