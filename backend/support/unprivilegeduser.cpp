// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/support/unprivilegeduser.h"

#include <pwd.h>

namespace terrarium {

std::optional<UnprivilegedUser> unprivilegedUser() {
  for (const char* name : {"terrarium-vm", "nobody"}) {
    if (const auto* entry = ::getpwnam(name)) return UnprivilegedUser{entry->pw_uid, entry->pw_gid, name};
  }
  return std::nullopt;
}

}  // namespace terrarium
