// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/domain/metadata.h"

#include <algorithm>
#include <optional>
#include <string_view>

#include "backend/domain/utf8.h"

namespace terrarium {

namespace {

std::size_t jsonStringSize(std::string_view text) {
  std::size_t size = 2;  // the quotes
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const bool shortEscape = c == '"' || c == '\\' || c == '\b' || c == '\f' || c == '\n' || c == '\r' || c == '\t';
    size += shortEscape ? 2 : byte < 0x20 ? 6 : 1;
  }
  return size;
}

bool startsWithIgnoringCase(std::string_view text, std::string_view lowerPrefix) {
  if (text.size() < lowerPrefix.size()) return false;
  return std::equal(lowerPrefix.begin(), lowerPrefix.end(), text.begin(),
                    [](char wanted, char c) { return wanted == (c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c); });
}

std::optional<Error> entryProblem(const std::string& key, const std::string& value) {
  if (key.empty()) return badRequest("metadata", "metadata has an empty key: keys of 1 to 256 bytes are accepted.");
  const auto field = "metadata." + key;
  if (!codePointCount(key) || !codePointCount(value)) {
    return badRequest(field, field + " is not valid UTF-8: keys and values are UTF-8 text.");
  }
  if (key.size() > Metadata::kMaxKeyBytes) {
    return badRequest(field, "metadata key has " + std::to_string(key.size()) + " bytes: at most 256 are accepted.");
  }
  if (startsWithIgnoringCase(key, "superserve.") || startsWithIgnoringCase(key, "_superserve")) {
    return badRequest(field, field + " is reserved: keys that begin with 'superserve.' or '_superserve' are not accepted.");
  }
  if (value.size() > Metadata::kMaxValueBytes) {
    return badRequest(field, field + " has a value of " + std::to_string(value.size()) + " bytes: at most 2048 are accepted.");
  }
  return std::nullopt;
}

}  // namespace

std::size_t compactJsonSize(const Metadata::Entries& entries) {
  std::size_t size = 2;  // the braces
  for (const auto& [key, value] : entries) size += jsonStringSize(key) + 1 + jsonStringSize(value);
  return entries.empty() ? size : size + entries.size() - 1;
}

std::vector<Error> Metadata::problems(const Entries& entries) {
  std::vector<Error> found;
  if (entries.size() > kMaxKeys) {
    found.push_back(badRequest("metadata", "metadata has " + std::to_string(entries.size()) + " keys: at most 64 are accepted."));
  }
  for (const auto& [key, value] : entries) {
    if (auto problem = entryProblem(key, value)) found.push_back(std::move(*problem));
  }
  if (const auto size = compactJsonSize(entries); size > kMaxSerializedBytes) {
    found.push_back(badRequest(
        "metadata", "metadata takes " + std::to_string(size) + " bytes as a JSON object: at most 16384 are accepted in total."));
  }
  return found;
}

Result<Metadata> Metadata::parse(Entries entries) {
  if (auto found = problems(entries); !found.empty()) return failure(std::move(found.front()));
  return Metadata(std::move(entries));
}

bool Metadata::matches(const Entries& wanted) const {
  return std::all_of(wanted.begin(), wanted.end(), [this](const auto& entry) {
    const auto found = entries_.find(entry.first);
    return found != entries_.end() && found->second == entry.second;
  });
}

}  // namespace terrarium
