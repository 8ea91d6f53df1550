// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/domain/envvars.h"

#include <optional>

#include "backend/domain/utf8.h"

namespace terrarium {

namespace {

std::optional<Error> entryProblem(const std::string& key, const std::string& value) {
  if (key.empty()) return badRequest("env_vars", "env_vars has an empty name: names of 1 to 256 bytes are accepted.");
  const auto field = "env_vars." + key;
  if (key.size() > EnvVars::kMaxKeyBytes) {
    return badRequest(field, "env_vars name has " + std::to_string(key.size()) + " bytes: at most 256 are accepted.");
  }
  if (key.find('=') != std::string::npos || key.find('\0') != std::string::npos) {
    return badRequest(field, field + " has a name with '=' or NUL: any other characters are accepted in names.");
  }
  if (value.size() > EnvVars::kMaxValueBytes) {
    return badRequest(field, field + " has a value of " + std::to_string(value.size()) + " bytes: at most 8192 are accepted.");
  }
  if (value.find('\0') != std::string::npos) {
    return badRequest(field, field + " has a value with a NUL character: the environment cannot hold one.");
  }
  if (!codePointCount(key) || !codePointCount(value)) {
    return badRequest(field, field + " is not valid UTF-8: names and values are UTF-8 text.");
  }
  return std::nullopt;
}

}  // namespace

std::vector<Error> EnvVars::problems(const Entries& entries) {
  std::vector<Error> found;
  if (entries.size() > kMaxKeys) {
    found.push_back(
        badRequest("env_vars", "env_vars has " + std::to_string(entries.size()) + " variables: at most 64 are accepted."));
  }
  std::size_t total = 0;
  for (const auto& [key, value] : entries) {
    total += key.size() + value.size();
    if (auto problem = entryProblem(key, value)) found.push_back(std::move(*problem));
  }
  if (total > kMaxTotalBytes) {
    found.push_back(badRequest(
        "env_vars", "env_vars takes " + std::to_string(total) + " bytes (names and values): at most 65536 are accepted in total."));
  }
  return found;
}

Result<EnvVars> EnvVars::parse(Entries entries) {
  if (auto found = problems(entries); !found.empty()) return failure(std::move(found.front()));
  return EnvVars(std::move(entries));
}

}  // namespace terrarium
