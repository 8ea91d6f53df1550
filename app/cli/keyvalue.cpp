// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/keyvalue.h"

namespace terrarium {

std::optional<Error> readKeyValues(const std::string& option, const std::vector<std::string>& words,
                                   std::map<std::string, std::string>& entries) {
  for (const auto& word : words) {
    const auto equals = word.find('=');
    if (equals == std::string::npos || equals == 0) {
      return badRequest({}, option + " takes KEY=VALUE, but '" + word + "' is none.");
    }
    entries[word.substr(0, equals)] = word.substr(equals + 1);
  }
  return std::nullopt;
}

}  // namespace terrarium
