// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <sys/types.h>
#include <vector>

namespace terrarium::agent {

/// A user of the guest, read from its /etc/passwd and /etc/group: a static program cannot use the guest's name service.
struct Account {
  std::string name = "root";
  uid_t uid = 0;
  gid_t gid = 0;
  std::string home = "/root";
  std::vector<gid_t> groups = {0};
};

/// By name or number. An empty name is root, which always exists.
[[nodiscard]] std::optional<Account> findAccount(const std::string& name);

/// The parsing behind it: contents of passwd and group.
[[nodiscard]] std::optional<Account> findAccountIn(std::string_view passwd, std::string_view group, std::string_view name);

}  // namespace terrarium::agent
