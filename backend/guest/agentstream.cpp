// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/guest/agentstream.h"

namespace terrarium {

namespace {

constexpr std::size_t kLongestText = 4096;

ErrorCode codeOf(guest::Failure::Kind kind) {
  switch (kind) {
    case guest::Failure::BAD_REQUEST:
      return ErrorCode::BadRequest;
    case guest::Failure::NOT_FOUND:
      return ErrorCode::NotFound;
    case guest::Failure::FILE_SYSTEM:
      return ErrorCode::FileSystem;
    case guest::Failure::STORAGE_FULL:
      return ErrorCode::StorageFull;
    case guest::Failure::TOO_LARGE:
      return ErrorCode::TooLarge;
    default:
      return ErrorCode::Internal;
  }
}

}  // namespace

Error toError(const guest::Failure& failure) {
  if (failure.kind() == guest::Failure::UNSUPPORTED) {
    return {ErrorCode::Conflict,
            "The agent in this sandbox is from an older version and cannot do that. Rebuild the template and create the sandbox "
            "anew.",
            failure.message().substr(0, kLongestText)};
  }
  Error error{codeOf(failure.kind()), failure.message().substr(0, kLongestText)};
  if (error.message.empty()) error.message = "The guest agent reported a failure without a reason.";
  if (failure.error_number() != 0) error.detail = "errno " + std::to_string(failure.error_number());
  if (error.code == ErrorCode::BadRequest) error.field = failure.field().substr(0, 64);
  return error;
}

}  // namespace terrarium
