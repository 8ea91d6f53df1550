// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "backend/api/snapshots.h"
#include "backend/engine/operations/savingoperation.h"

namespace terrarium {

/// A named snapshot of an active or paused sandbox. A paused one is not woken: the new set shares its files.
class TakeSnapshot : public SavingOperation {
  Q_OBJECT
 public:
  TakeSnapshot(EngineParts& parts, const SandboxRecord& source, const SnapshotSpec& spec);

  void begin() override;
  [[nodiscard]] Pending<TakenSnapshot> result() const { return result_.pending(); }

 protected:
  // After a save of the active sandbox, or a duplicate of the paused one's set:
  void saved() override;
  void measure();
  void writeRow();

  void answer(const std::optional<Error>& error) override;

 private:
  SandboxInfo source_;
  SnapshotRecord record_;
  std::shared_ptr<void> heldSnapshot_;
  Resolver<TakenSnapshot> result_;
};

}  // namespace terrarium
