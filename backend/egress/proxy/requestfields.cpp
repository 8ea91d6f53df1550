// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/egress/proxy/requestfields.h"

#include <algorithm>

namespace terrarium::egress {

namespace {

bool isTokenCharacter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
}

std::string_view trimmed(std::string_view text) {
  const auto begin = text.find_first_not_of(" \t");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
}

std::optional<std::uint64_t> decimal(std::string_view text) {
  if (text.empty() || text.size() > 18) return std::nullopt;
  std::uint64_t value = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + static_cast<std::uint64_t>(c - '0');
  }
  return value;
}

const char* take(std::string_view name, std::string_view value, RequestFields& fields) {
  if (name == "host") {
    if (fields.host) return "its request names its host twice";
    fields.host = value;
  } else if (name == "content-length") {
    const auto length = decimal(value);
    if (!length || fields.length) return "its request has an ambiguous length";
    fields.length = length;
  } else if (name == "transfer-encoding") {
    if (fields.coding) return "its request has an ambiguous length";
    fields.coding = lowerCase(value);
  } else if (name == "upgrade") {
    if (fields.upgrade) return "its request asks for two other protocols";
    fields.upgrade = lowerCase(value);
  }
  return nullptr;
}

}  // namespace

bool isHttpToken(std::string_view text) { return !text.empty() && std::all_of(text.begin(), text.end(), isTokenCharacter); }

std::string lowerCase(std::string_view text) {
  std::string lower(text);
  std::transform(lower.begin(), lower.end(), lower.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return lower;
}

const char* readRequestFields(std::string_view lines, RequestFields& fields) {
  while (!lines.empty()) {
    const auto end = lines.find("\r\n");
    const auto line = lines.substr(0, end);
    lines.remove_prefix(end + 2);
    const auto colon = line.find(':');
    // Folded lines and blanks before the colon are no tokens either.
    if (colon == std::string_view::npos || !isHttpToken(line.substr(0, colon))) return "its request has a field without a name";
    if (const char* problem = take(lowerCase(line.substr(0, colon)), trimmed(line.substr(colon + 1)), fields)) return problem;
  }
  return nullptr;
}

}  // namespace terrarium::egress
