// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/domain/sandboxname.h"

#include "backend/domain/utf8.h"

namespace terrarium {

Result<SandboxName> SandboxName::parse(std::string_view text) {
  if (text.find_first_not_of(' ') == std::string_view::npos) {
    return failure(badRequest("name", "name is empty: 1 to 64 characters are accepted."));
  }
  const auto count = codePointCount(text);
  if (!count) return failure(badRequest("name", "name is not valid UTF-8: 1 to 64 Unicode characters are accepted."));
  if (*count > kMaxCodePoints) {
    return failure(badRequest("name", "name has " + std::to_string(*count) + " characters: 1 to 64 are accepted."));
  }
  if (hasControlCharacter(text)) {
    return failure(badRequest("name",
                              "name contains a control character (such as a line break or tab): only printable characters "
                              "are accepted."));
  }
  return SandboxName(std::string(text));
}

}  // namespace terrarium
