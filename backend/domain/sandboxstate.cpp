// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/domain/sandboxstate.h"

#include <algorithm>

namespace terrarium {

namespace {

using State = SandboxState;
using Event = SandboxEvent;

std::optional<State> onlyFrom(State state, State wanted, State result) {
  if (state != wanted) return std::nullopt;
  return result;
}

std::optional<State> afterMachineLost(State state, State result) {
  switch (state) {
    case State::Active:
    case State::Pausing:
    case State::Resuming:
      return result;
    case State::Starting:  // the create fails and takes everything back
    case State::Paused:    // has no machine
    case State::Failed:
    case State::Deleting:
    case State::Deleted:
      return std::nullopt;
  }
  return std::nullopt;
}

std::optional<State> afterDeleteRequested(State state) {
  if (state == State::Deleting || state == State::Deleted) return std::nullopt;
  return State::Deleting;
}

}  // namespace

std::optional<SandboxState> next(SandboxState state, SandboxEvent event) {
  switch (event) {
    case Event::Started:
      return onlyFrom(state, State::Starting, State::Active);
    case Event::PauseRequested:
      return onlyFrom(state, State::Active, State::Pausing);
    case Event::Paused:
      return onlyFrom(state, State::Pausing, State::Paused);
    case Event::PauseFailed:
      return onlyFrom(state, State::Pausing, State::Active);
    case Event::ResumeRequested:
      return onlyFrom(state, State::Paused, State::Resuming);
    case Event::Resumed:
      return onlyFrom(state, State::Resuming, State::Active);
    case Event::ResumeFailed:
      return onlyFrom(state, State::Resuming, State::Paused);
    case Event::MachineLost:
      return afterMachineLost(state, State::Failed);
    case Event::SetBack:
      return afterMachineLost(state, State::Paused);
    case Event::DeleteRequested:
      return afterDeleteRequested(state);
    case Event::Deleted:
      return onlyFrom(state, State::Deleting, State::Deleted);
  }
  return std::nullopt;
}

std::vector<SandboxAction> allowedActions(SandboxState state) {
  using enum SandboxAction;
  switch (state) {
    case State::Active:
      return {Pause, Delete, Exec, UpdateNetwork, UpdateMetadata, Snapshot, Fork};
    case State::Paused:
      return {Resume, Delete, UpdateMetadata, Snapshot, Fork};
    case State::Failed:
      return {Delete, UpdateMetadata};
    case State::Starting:
    case State::Pausing:
    case State::Resuming:
      return {UpdateMetadata};
    case State::Deleting:
    case State::Deleted:
      return {};
  }
  return {};
}

bool isAllowed(SandboxAction action, SandboxState state) {
  const auto allowed = allowedActions(state);
  return std::find(allowed.begin(), allowed.end(), action) != allowed.end();
}

std::string_view wireStatus(SandboxState state) {
  switch (state) {
    case State::Starting:
    case State::Resuming:
      return "resuming";
    case State::Active:
    case State::Pausing:
      return "active";
    case State::Failed:
      return "failed";
    case State::Paused:
    case State::Deleting:
    case State::Deleted:
      return "paused";
  }
  return {};
}

std::string_view phaseName(SandboxState state) {
  switch (state) {
    case State::Starting:
      return "starting";
    case State::Active:
      return "active";
    case State::Pausing:
      return "pausing";
    case State::Paused:
      return "paused";
    case State::Resuming:
      return "resuming";
    case State::Failed:
      return "failed";
    case State::Deleting:
      return "deleting";
    case State::Deleted:
      return "deleted";
  }
  return {};
}

std::optional<SandboxState> stateFromPhase(std::string_view phase) {
  for (const auto state : kAllSandboxStates) {
    if (phaseName(state) == phase) return state;
  }
  return std::nullopt;
}

}  // namespace terrarium
