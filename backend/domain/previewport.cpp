// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/domain/previewport.h"

namespace terrarium {

Result<PreviewPort> PreviewPort::parse(std::int64_t port) {
  if (port < kLowest || port > kHighest || port == kReserved) {
    return failure(badRequest("port", "port has to be from 1024 to 65535 and not 49983"));
  }
  return PreviewPort(static_cast<int>(port));
}

}  // namespace terrarium
