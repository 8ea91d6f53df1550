// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/domain/domainpattern.h"

#include <algorithm>

namespace terrarium {

namespace {

Failure refused(std::string message) { return failure(badRequest({}, std::move(message))); }

bool isLabelCharacter(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; }

Result<void> checkLabel(std::string_view label) {
  if (label.empty()) return refused("has an empty label: labels between the dots have 1 to 63 characters.");
  if (label.size() > DomainPattern::kMaxLabelBytes) {
    return refused("has a label of " + std::to_string(label.size()) + " characters: 1 to 63 are accepted.");
  }
  if (label.find('*') != std::string_view::npos) return refused("has a '*' inside: it is accepted only as a leading '*.'.");
  if (!std::all_of(label.begin(), label.end(), isLabelCharacter)) {
    return refused("has a character that domains do not have: letters, digits, '-' and dots are accepted.");
  }
  if (label.front() == '-' || label.back() == '-')
    return refused("has a label that begins or ends with '-', which is not accepted.");
  return {};
}

}  // namespace

Result<DomainPattern> DomainPattern::parse(std::string_view given) {
  if (std::any_of(given.begin(), given.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; })) {
    return refused("has non-ASCII characters: write the domain in its punycode form, such as xn--bcher-kva.example.");
  }
  std::string text(given);
  std::transform(text.begin(), text.end(), text.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  if (text.size() > 1 && text.back() == '.') {
    return refused("ends with a dot: did you mean " + text.substr(0, text.size() - 1) + "?");
  }
  const bool wildcard = text.rfind("*.", 0) == 0;
  std::string_view rest = text;
  if (wildcard) rest.remove_prefix(2);
  if (text.size() > kMaxBytes) return refused("has " + std::to_string(text.size()) + " characters: at most 253 are accepted.");
  int labels = 0;
  for (bool more = true; more; ++labels) {
    const auto dot = rest.find('.');
    if (auto checked = checkLabel(rest.substr(0, dot)); !checked) return failure(checked.error());
    more = dot != std::string_view::npos;
    if (more) rest.remove_prefix(dot + 1);
  }
  if (labels < 2) {
    return refused(std::string("is too short: a domain needs at least two labels") + (wildcard ? " behind '*.'" : "") +
                   ", such as api.example.com.");
  }
  return DomainPattern(std::move(text));
}

bool DomainPattern::matches(std::string_view name) const {
  if (!isWildcard()) return name == text_;
  const auto suffix = std::string_view(text_).substr(1);  // with its dot
  return name.size() > suffix.size() && name.substr(name.size() - suffix.size()) == suffix;
}

}  // namespace terrarium
