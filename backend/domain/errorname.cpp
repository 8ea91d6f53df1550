// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/domain/errorname.h"

#include <array>

namespace terrarium {

namespace {

struct Row {
  ErrorCode code;
  std::string_view name;
  int status;
};

/// The first row of a status is the one that stands for it when the name is unknown.
constexpr std::array kRows{
    Row{ErrorCode::BadRequest, "bad_request", 400},
    Row{ErrorCode::UnknownReference, "secret_not_found", 400},
    Row{ErrorCode::AuthenticationFailed, "auth_failed", 401},
    Row{ErrorCode::Forbidden, "forbidden", 403},
    Row{ErrorCode::NotFound, "not_found", 404},
    Row{ErrorCode::RouteStale, "sandbox_route_stale", 404},
    Row{ErrorCode::Conflict, "conflict", 409},
    Row{ErrorCode::Cancelled, "cancelled", 409},
    Row{ErrorCode::SnapshotInProgress, "snapshot_in_progress", 409},
    Row{ErrorCode::Gone, "gone", 410},
    Row{ErrorCode::TooLarge, "too_large", 413},
    Row{ErrorCode::TooManyRequests, "rate_limited", 429},
    Row{ErrorCode::TooManySandboxes, "too_many_sandboxes", 429},
    Row{ErrorCode::Internal, "internal_error", 500},
    Row{ErrorCode::FileSystem, "sandbox_filesystem_error", 500},
    Row{ErrorCode::Unavailable, "service_unavailable", 503},
    Row{ErrorCode::NotRunning, "sandbox_unavailable", 503},
    Row{ErrorCode::TimedOut, "timed_out", 504},
    Row{ErrorCode::StorageFull, "sandbox_storage_full", 507},
};

/// Names that the hosted service uses beside ours.
constexpr std::array kSynonyms{
    Row{ErrorCode::AuthenticationFailed, "unauthorized", 401}, Row{ErrorCode::TooManyRequests, "too_many_templates", 429},
    Row{ErrorCode::TooManyRequests, "too_many_builds", 429},   Row{ErrorCode::TooManyRequests, "too_many_snapshots", 429},
    Row{ErrorCode::Unavailable, "host_state_missing", 503},
};

const Row& rowOf(ErrorCode code) {
  for (const auto& row : kRows) {
    if (row.code == code) return row;
  }
  return rowOf(ErrorCode::Internal);
}

}  // namespace

std::string_view wireName(ErrorCode code) { return rowOf(code).name; }

int httpStatus(ErrorCode code) { return rowOf(code).status; }

ErrorCode errorCodeFromWire(std::string_view name, int status) {
  for (const auto& row : kRows) {
    if (row.name == name) return row.code;
  }
  for (const auto& row : kSynonyms) {
    if (row.name == name) return row.code;
  }
  for (const auto& row : kRows) {
    if (row.status == status) return row.code;
  }
  return status >= 400 && status < 500 ? ErrorCode::BadRequest : ErrorCode::Internal;
}

}  // namespace terrarium
