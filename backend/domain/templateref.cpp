// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/domain/templateref.h"

#include <algorithm>

#include "backend/domain/sandboxid.h"

namespace terrarium {

namespace {

constexpr const char* kAccepted =
    "accepted is a template's UUID, or a name of at most 128 lower-case letters, digits, '.', '_', '/' and '-' that begins and "
    "ends "
    "with a letter or digit, for example superserve/base.";

bool isLetterOrDigit(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }
bool isNameCharacter(char c) { return isLetterOrDigit(c) || c == '.' || c == '_' || c == '/' || c == '-'; }

std::string lowered(std::string_view text) {
  std::string result(text);
  std::transform(result.begin(), result.end(), result.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return result;
}

}  // namespace

Result<TemplateRef> TemplateRef::parse(std::string_view text) {
  const auto refused = [](std::string what) {
    return failure(badRequest("from_template", "from_template " + std::move(what) + ": " + kAccepted));
  };
  if (text.empty()) return refused("is empty");
  if (isUuid(text)) return TemplateRef(lowered(text));
  if (text.size() > kMaxNameBytes) return refused("has " + std::to_string(text.size()) + " bytes");
  if (!std::all_of(text.begin(), text.end(), isNameCharacter)) return refused("contains a character that names do not have");
  if (!isLetterOrDigit(text.front())) return refused("begins with '" + std::string(1, text.front()) + "'");
  if (!isLetterOrDigit(text.back())) return refused("ends with '" + std::string(1, text.back()) + "'");
  return TemplateRef(std::string(text));
}

TemplateRef TemplateRef::defaultTemplate() { return TemplateRef(std::string(kDefaultName)); }

bool TemplateRef::isId() const { return isUuid(value_); }

}  // namespace terrarium
