// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "tests/contract/facadecontract.h"

namespace terrarium {

/// Named snapshots and forks: what every implementation owes.
class SnapshotsContract : public FacadeContract {
  Q_OBJECT
 public:
  using FacadeContract::FacadeContract;

 private slots:
  void anActiveOneStaysActive();
  void aPausedOneStaysPaused();
  void withoutANameItIsCalledLikeTheSandbox();
  void theSameKeyTakesNothingNew();
  void unknownOnesAreNotFound();
  void theNewestIsListedFirst();
  void itCanBeRenamedAndRemoved();
  void itOutlivesItsSandbox();
  void aSandboxCanBeCreatedFromIt();
  void anUnknownSnapshotCreatesNothing();
  void aForkGivesClonesOfTheirOwn();
  void aPausedOneCanBeForked();
  void anUnknownSandboxIsNotForked();

 private:
  [[nodiscard]] SnapshotInfo taken(const SandboxId& id, const SnapshotRequest& request = {});
  [[nodiscard]] std::vector<std::string> listed(const std::optional<SandboxId>& sandbox);
};

}  // namespace terrarium
