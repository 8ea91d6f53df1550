// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace terrarium {

/// An array of objects, written straight as text: for long lists, which take several times as long by way of QJsonDocument. Keys
/// are ours and not escaped.
class JsonText {
 public:
  void beginObject();
  void text(std::string_view key, std::string_view value);
  void number(std::string_view key, std::int64_t value);
  void flag(std::string_view key, bool value);
  void texts(std::string_view key, const std::map<std::string, std::string>& entries);
  void lists(std::string_view key, const std::map<std::string, std::vector<std::string>>& entries);
  void endObject() { out_ += '}'; }

  /// The whole array.
  [[nodiscard]] QByteArray finish();

 private:
  void key(std::string_view key);
  void quote(std::string_view value);
  void separate(char opening);
  QByteArray out_ = QByteArrayLiteral("[");
};

}  // namespace terrarium
