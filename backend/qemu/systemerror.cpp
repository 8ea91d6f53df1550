// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/qemu/systemerror.h"

#include <cerrno>
#include <system_error>
#include <utility>

namespace terrarium {

Error systemError(std::string message) { return systemError(std::move(message), errno); }

Error systemError(std::string message, int number) {
  const auto detail = std::generic_category().message(number);
  switch (number) {
    case ENOSPC:
    case EDQUOT:
      return {ErrorCode::StorageFull,
              "There is not enough disk space. Free some, for example by deleting sandboxes or snapshots, and try again.",
              message + " " + detail,
              {}};
    case ENOENT:
      return {ErrorCode::NotFound, std::move(message), detail, {}};
    default:
      return {ErrorCode::Internal, message + " The system says: " + detail + ".", detail, {}};
  }
}

}  // namespace terrarium
