// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <optional>

#include "backend/engine/engineparts.h"
#include "backend/engine/operations/operation.h"

namespace terrarium {

/// Saves a running sandbox and ends its machine. Until the snapshot is durable every failure lets the machine run on; the snapshot
/// before goes only after the new one is written down.
class PauseSandbox : public Operation {
  Q_OBJECT
 public:
  /// EngineStops pauses it even when its agent does not answer, and has it resumed at the next start. SpaceRunsOut does not let it
  /// write another byte.
  enum class Why { Requested, EngineStops, SpaceRunsOut };

  PauseSandbox(EngineParts& parts, const SandboxInfo& info, Why why);

  void begin() override;
  [[nodiscard]] Pending<void> result() const { return result_.pending(); }

 protected:
  // In this order:
  void claim();
  void settleGuest();
  void stopMachine();
  void saveState();
  void commitSnapshot();
  void endMachine();
  void writeRow(const Pending<void>& ended);
  void removeLeftovers();
  void shortenChain();

  void answer(const std::optional<Error>& error) override;

 private:
  void undoClaim();
  Pending<void> loseMachine();
  void undoSettling();
  void undoStop();
  [[nodiscard]] QString stateFile() const;
  [[nodiscard]] SnapshotManifest manifest() const;

  EngineParts& parts_;
  SandboxId id_;
  Why why_;
  std::string snapshotId_;
  std::string snapshotBefore_;
  std::optional<RunningMachine> running_;
  std::string lost_;  ///< why the machine cannot run on
  std::string note_;  ///< why it was paused, when nobody asked for it
  bool outOfSpace_ = false;
  bool stands_ = false;
  Resolver<void> result_;
};

}  // namespace terrarium
