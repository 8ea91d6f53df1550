// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/sandboxchoice.h"

#include <algorithm>
#include <cctype>

#include "app/cli/printable.h"

namespace terrarium {

namespace {
constexpr std::size_t kMinPrefix = 4;

std::string lowered(std::string_view text) {
  std::string result(text);
  std::transform(result.begin(), result.end(), result.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return result;
}

template <class Matches>
std::vector<SandboxInfo> filtered(const std::vector<SandboxInfo>& sandboxes, Matches matches) {
  std::vector<SandboxInfo> found;
  std::copy_if(sandboxes.begin(), sandboxes.end(), std::back_inserter(found), matches);
  return found;
}

std::string candidates(const std::vector<SandboxInfo>& found) {
  std::string text;
  for (const auto& info : found) text += "\n  " + info.id.value() + "  " + printable(info.name.value());
  return text;
}

Result<SandboxInfo> only(const std::vector<SandboxInfo>& found, std::string_view text) {
  if (found.size() == 1) return found.front();
  return failure(badRequest(
      "sandbox", "'" + printable(text) + "' fits several sandboxes. Name one of them by its identity:" + candidates(found)));
}
}  // namespace

Result<SandboxInfo> chooseSandbox(const std::vector<SandboxInfo>& sandboxes, std::string_view text) {
  if (const auto id = SandboxId::parse(text)) {
    const auto found = filtered(sandboxes, [&id](const SandboxInfo& info) { return info.id == *id; });
    if (!found.empty()) return found.front();
  }
  const auto named = filtered(sandboxes, [text](const SandboxInfo& info) { return info.name.value() == text; });
  if (!named.empty()) return only(named, text);
  const auto prefix = lowered(text);
  const auto begun = filtered(sandboxes, [&prefix](const SandboxInfo& info) {
    return prefix.size() >= kMinPrefix && info.id.value().compare(0, prefix.size(), prefix) == 0;
  });
  if (!begun.empty()) return only(begun, text);
  const bool isShort = !prefix.empty() && prefix.size() < kMinPrefix;
  return failure(ErrorCode::NotFound, "There is no sandbox '" + printable(text) + "'. " +
                                          (isShort ? "The beginning of an identity needs 4 characters or more. " : "") +
                                          "'terrariumctl list' shows those that exist.");
}

}  // namespace terrarium
