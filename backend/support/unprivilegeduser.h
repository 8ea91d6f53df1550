// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <optional>
#include <string>
#include <sys/types.h>

namespace terrarium {

/// Whom a root engine lets machines and gateways run as.
struct UnprivilegedUser {
  uid_t user = 0;
  gid_t group = 0;
  std::string name;
};

/// The user that the package creates, else nobody; nothing when there is neither. Asks the name service, so it may block: once, at
/// the start.
[[nodiscard]] std::optional<UnprivilegedUser> unprivilegedUser();

}  // namespace terrarium
