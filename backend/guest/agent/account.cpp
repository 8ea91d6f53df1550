// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/guest/agent/account.h"

#include <charconv>

#include "backend/guest/agent/smallfile.h"

namespace terrarium::agent {

namespace {

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  while (true) {
    const auto at = text.find(separator);
    parts.push_back(text.substr(0, at));
    if (at == std::string_view::npos) return parts;
    text.remove_prefix(at + 1);
  }
}

std::optional<unsigned> number(std::string_view text) {
  unsigned value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

void addGroups(Account& account, std::string_view group) {
  for (const auto line : split(group, '\n')) {
    const auto fields = split(line, ':');
    if (fields.size() < 4) continue;
    const auto gid = number(fields[2]);
    if (!gid || *gid == account.gid) continue;
    for (const auto member : split(fields[3], ',')) {
      if (member == account.name) account.groups.push_back(*gid);
    }
  }
}

}  // namespace

std::optional<Account> findAccountIn(std::string_view passwd, std::string_view group, std::string_view name) {
  for (const auto line : split(passwd, '\n')) {
    const auto fields = split(line, ':');
    if (fields.size() < 6 || (fields[0] != name && fields[2] != name)) continue;
    const auto uid = number(fields[2]);
    const auto gid = number(fields[3]);
    if (!uid || !gid) continue;
    Account account{std::string(fields[0]), *uid, *gid, std::string(fields[5]), {*gid}};
    addGroups(account, group);
    return account;
  }
  return std::nullopt;
}

std::optional<Account> findAccount(const std::string& name) {
  const auto found = findAccountIn(readSmallFile("/etc/passwd"), readSmallFile("/etc/group"), name.empty() ? "root" : name);
  if (!found && (name.empty() || name == "root" || name == "0")) return Account{};
  return found;
}

}  // namespace terrarium::agent
