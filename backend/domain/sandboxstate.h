// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <optional>
#include <string_view>
#include <vector>

namespace terrarium {

/// Where a sandbox is in its life. Deletion is an end, not a state that stays: a deleted sandbox is no longer listed.
enum class SandboxState { Starting, Active, Pausing, Paused, Resuming, Failed, Deleting, Deleted };

/// What can happen to it.
enum class SandboxEvent {
  Started,  ///< create finished
  PauseRequested,
  Paused,       ///< the snapshot is durable and the machine has ended
  PauseFailed,  ///< the machine runs on
  ResumeRequested,
  Resumed,
  ResumeFailed,     ///< the snapshot is intact
  MachineLost,      ///< the machine ended by itself or cannot be reached any more, and no snapshot is left
  SetBack,          ///< the same with a snapshot: what happened since it was taken is lost
  DeleteRequested,  ///< by a person, a deadline, or a create that was cancelled
  Deleted,
};

/// What a person can ask for.
enum class SandboxAction { Pause, Resume, Delete, Exec, UpdateNetwork, UpdateMetadata, Snapshot, Fork };

/// The state after `event`, or nothing when that event cannot happen in `state` (asked for by a client: 409).
[[nodiscard]] std::optional<SandboxState> next(SandboxState state, SandboxEvent event);

/// What buttons are enabled and what the API accepts in `state`.
[[nodiscard]] std::vector<SandboxAction> allowedActions(SandboxState state);
[[nodiscard]] bool isAllowed(SandboxAction action, SandboxState state);

/// `status` of the wire contract: active, paused, resuming or failed.
[[nodiscard]] std::string_view wireStatus(SandboxState state);
/// Our finer `phase`: starting, active, pausing, paused, resuming, failed, deleting, deleted.
[[nodiscard]] std::string_view phaseName(SandboxState state);
[[nodiscard]] std::optional<SandboxState> stateFromPhase(std::string_view phase);

inline constexpr SandboxState kAllSandboxStates[] = {SandboxState::Starting, SandboxState::Active,   SandboxState::Pausing,
                                                     SandboxState::Paused,   SandboxState::Resuming, SandboxState::Failed,
                                                     SandboxState::Deleting, SandboxState::Deleted};
inline constexpr SandboxEvent kAllSandboxEvents[] = {
    SandboxEvent::Started,         SandboxEvent::PauseRequested,  SandboxEvent::Paused,       SandboxEvent::PauseFailed,
    SandboxEvent::ResumeRequested, SandboxEvent::Resumed,         SandboxEvent::ResumeFailed, SandboxEvent::MachineLost,
    SandboxEvent::SetBack,         SandboxEvent::DeleteRequested, SandboxEvent::Deleted};

}  // namespace terrarium
