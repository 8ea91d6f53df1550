// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/domain/idempotencykey.h"

#include "backend/domain/utf8.h"

namespace terrarium {

Result<IdempotencyKey> IdempotencyKey::parse(std::string_view text) {
  const std::string accepted = ": 1 to 255 bytes of printable text are accepted.";
  if (text.empty()) return failure(badRequest("idempotency_key", "idempotency_key is empty" + accepted));
  if (text.size() > kMaxBytes) {
    return failure(badRequest("idempotency_key", "idempotency_key has " + std::to_string(text.size()) + " bytes" + accepted));
  }
  if (!codePointCount(text) || hasControlCharacter(text)) {
    return failure(badRequest("idempotency_key", "idempotency_key is not printable UTF-8" + accepted));
  }
  return IdempotencyKey(std::string(text));
}

}  // namespace terrarium
