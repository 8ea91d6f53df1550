// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/exitcodes.h"

namespace terrarium {

ExitCode exitCodeFor(const Error& error) {
  switch (error.code) {
    case ErrorCode::BadRequest:
    case ErrorCode::UnknownReference:
      return ExitCode::Usage;
    case ErrorCode::NotFound:
    case ErrorCode::RouteStale:
    case ErrorCode::Gone:
      return ExitCode::NotFound;
    case ErrorCode::Conflict:
    case ErrorCode::NotRunning:
    case ErrorCode::SnapshotInProgress:
      return ExitCode::Conflict;
    case ErrorCode::Unavailable:
      return ExitCode::Unreachable;
    case ErrorCode::Cancelled:
      return ExitCode::Interrupted;
    case ErrorCode::AuthenticationFailed:
    case ErrorCode::Forbidden:
    case ErrorCode::TooLarge:
    case ErrorCode::TooManyRequests:
    case ErrorCode::TooManySandboxes:
    case ErrorCode::StorageFull:
    case ErrorCode::FileSystem:
    case ErrorCode::TimedOut:
    case ErrorCode::Internal:
      return ExitCode::Failure;
  }
  return ExitCode::Failure;
}

}  // namespace terrarium
