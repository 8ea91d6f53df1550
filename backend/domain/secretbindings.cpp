// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/domain/secretbindings.h"

#include <algorithm>
#include <optional>
#include <string_view>

namespace terrarium {

namespace {

bool isLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
bool isLetterOrDigit(char c) { return isLetter(c) || (c >= '0' && c <= '9'); }

bool isIdentifier(std::string_view text, bool hyphens) {
  if (text.empty() || !isLetter(text.front())) return false;
  return std::all_of(text.begin(), text.end(), [hyphens](char c) { return isLetterOrDigit(c) || (hyphens && c == '-'); });
}

std::optional<Error> entryProblem(const std::string& key, const std::string& secretName) {
  const auto field = key.empty() ? std::string("secrets") : "secrets." + key;
  if (!isIdentifier(key, false)) {
    return badRequest(field,
                      field + " is not a valid variable name: letters, digits and '_' are accepted, not beginning with a digit.");
  }
  if (secretName.empty()) return badRequest(field, field + " names no secret: give the name of a secret.");
  if (secretName.size() > SecretBindings::kMaxSecretNameBytes) {
    return badRequest(field,
                      field + " has a secret name of " + std::to_string(secretName.size()) + " bytes: at most 128 are accepted.");
  }
  if (!isIdentifier(secretName, true)) {
    return badRequest(field, field +
                                 " has an invalid secret name: letters, digits, '_' and '-' are accepted, beginning with a "
                                 "letter or '_'.");
  }
  return std::nullopt;
}

}  // namespace

std::vector<Error> SecretBindings::problems(const Entries& entries) {
  std::vector<Error> found;
  if (entries.size() > kMaxBindings) {
    found.push_back(badRequest("secrets", "secrets has " + std::to_string(entries.size()) + " entries: at most 32 are accepted."));
  }
  for (const auto& [key, secretName] : entries) {
    if (auto problem = entryProblem(key, secretName)) found.push_back(std::move(*problem));
  }
  return found;
}

Result<SecretBindings> SecretBindings::parse(Entries entries) {
  if (auto found = problems(entries); !found.empty()) return failure(std::move(found.front()));
  return SecretBindings(std::move(entries));
}

}  // namespace terrarium
