// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/egress/policy/hostname.h"

#include <algorithm>

#include "backend/domain/domainpattern.h"

namespace terrarium::egress {

namespace {

bool isDigit(char c) { return c >= '0' && c <= '9'; }
bool isLabelCharacter(char c) { return (c >= 'a' && c <= 'z') || isDigit(c) || c == '-'; }

bool isLabel(std::string_view label) {
  return !label.empty() && label.size() <= DomainPattern::kMaxLabelBytes && label.front() != '-' && label.back() != '-' &&
         std::all_of(label.begin(), label.end(), isLabelCharacter);
}

/// inet_aton takes decimal, octal and hexadecimal numbers.
bool isNumber(std::string_view label) { return std::all_of(label.begin(), label.end(), isDigit) || label.substr(0, 2) == "0x"; }

}  // namespace

std::optional<std::string> canonicalHostName(std::string_view given) {
  if (!given.empty() && given.back() == '.') given.remove_suffix(1);
  if (given.empty() || given.size() > DomainPattern::kMaxBytes) return std::nullopt;
  std::string name(given);
  std::transform(name.begin(), name.end(), name.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  std::string_view rest = name;
  for (;;) {
    const auto dot = rest.find('.');
    const auto label = rest.substr(0, dot);
    if (!isLabel(label)) return std::nullopt;
    if (dot == std::string_view::npos) return isNumber(label) ? std::nullopt : std::optional(name);
    rest.remove_prefix(dot + 1);
  }
}

}  // namespace terrarium::egress
