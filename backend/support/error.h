// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <string>
#include <utility>

namespace terrarium {

/// The closed list of what can go wrong. `domain/errorname.h` maps each to its wire name and HTTP status.
enum class ErrorCode {
  BadRequest,        ///< a value of the caller is wrong; `Error::field` names it
  UnknownReference,  ///< a request names a secret that does not exist
  AuthenticationFailed,
  Forbidden,
  NotFound,
  RouteStale,          ///< the data plane was asked for a sandbox that does not exist
  Conflict,            ///< the state of the thing does not allow it now
  SnapshotInProgress,  ///< a snapshot of it is being taken; trying again in a moment helps
  Gone,                ///< the machine behind it was lost
  TooLarge,
  TooManyRequests,
  TooManySandboxes,
  StorageFull,
  FileSystem,
  NotRunning,   ///< the sandbox is paused; activating it helps
  Unavailable,  ///< trying again later may help
  TimedOut,
  Cancelled,
  Internal,
};

/// Why something failed. `message` is a sentence for a person and says what would be accepted or what to do next; `detail` is for
/// logs. `field` names the wrong field of a request in dotted form ("metadata.team"), empty when the error is not about one.
struct Error {
  ErrorCode code = ErrorCode::Internal;
  std::string message;
  std::string detail = {};
  std::string field = {};

  bool operator==(const Error&) const = default;
};

inline Error badRequest(std::string field, std::string message) {
  return Error{ErrorCode::BadRequest, std::move(message), {}, std::move(field)};
}

}  // namespace terrarium
