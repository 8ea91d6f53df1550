// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <algorithm>
#include <optional>

#include "backend/domain/envvars.h"

namespace terrarium {

namespace {

constexpr std::string_view kBlanks = " \t";

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(kBlanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kBlanks) - first + 1);
}

bool isKey(std::string_view key) {
  if (key.empty() || (key.front() >= '0' && key.front() <= '9')) return false;
  return std::all_of(key.begin(), key.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '.' || c == '-';
  });
}

char unescaped(char c) { return c == 'n' ? '\n' : c == 't' ? '\t' : c; }

/// What may stand behind a closing quote.
bool isCommentOrNothing(std::string_view rest) {
  rest = trimmed(rest);
  return rest.empty() || rest.front() == '#';
}

/// `text` begins with the quote.
Result<std::string> quotedValue(std::string_view text) {
  const char quote = text.front();
  std::string value;
  for (std::size_t i = 1; i < text.size(); ++i) {
    if (text[i] == quote) {
      if (!isCommentOrNothing(text.substr(i + 1))) return failure(badRequest("env_vars", "has text behind the closing quote"));
      return value;
    }
    const bool escape = quote == '"' && text[i] == '\\' && i + 1 < text.size();
    const bool known = escape && std::string_view("nt\"\\").find(text[i + 1]) != std::string_view::npos;
    value += known ? unescaped(text[++i]) : text[i];
  }
  return failure(badRequest("env_vars", "has no closing quote"));
}

std::string plainValue(std::string_view text) {
  // A '#' begins a comment only behind a blank, so that colours and URL fragments survive.
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool afterBlank = i == 0 || kBlanks.find(text[i - 1]) != std::string_view::npos;
    if (text[i] == '#' && afterBlank) return std::string(trimmed(text.substr(0, i)));
  }
  return std::string(trimmed(text));
}

Error lineError(int line, const std::string& what) {
  return badRequest("env_vars", "Line " + std::to_string(line) + " " + what +
                                    ": accepted are NAME=value, NAME=\"value\", NAME='value' and lines that begin with '#'.");
}

void parseLine(std::string_view text, int line, DotEnv& result) {
  text = trimmed(text);
  if (text.empty() || text.front() == '#') return;
  constexpr std::string_view kExport = "export";
  if (text.substr(0, kExport.size()) == kExport && text.size() > kExport.size() &&
      kBlanks.find(text[kExport.size()]) != std::string_view::npos) {
    text = trimmed(text.substr(kExport.size()));
  }
  const auto equals = text.find('=');
  if (equals == std::string_view::npos) {
    result.errors.push_back(lineError(line, "has no '='"));
    return;
  }
  const auto key = trimmed(text.substr(0, equals));
  if (!isKey(key)) {
    result.errors.push_back(lineError(line, "has no valid name before '='"));
    return;
  }
  const auto rest = trimmed(text.substr(equals + 1));
  const bool quoted = !rest.empty() && (rest.front() == '"' || rest.front() == '\'');
  auto value = quoted ? quotedValue(rest) : Result<std::string>(plainValue(text.substr(equals + 1)));
  if (!value) {
    result.errors.push_back(lineError(line, value.error().message));
    return;
  }
  result.assignments.push_back({std::string(key), std::move(*value), line});
}

}  // namespace

DotEnv parseDotEnv(std::string_view text) {
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  if (text.substr(0, kByteOrderMark.size()) == kByteOrderMark) text.remove_prefix(kByteOrderMark.size());
  DotEnv result;
  for (int line = 1; !text.empty(); ++line) {
    const auto end = std::min(text.find('\n'), text.size());
    auto content = text.substr(0, end);
    if (!content.empty() && content.back() == '\r') content.remove_suffix(1);
    parseLine(content, line, result);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return result;
}

}  // namespace terrarium
