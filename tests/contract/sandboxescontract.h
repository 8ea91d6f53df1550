// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "tests/contract/facadecontract.h"

namespace terrarium {

/// Create, list, pause, resume, delete: what every implementation owes.
class SandboxesContract : public FacadeContract {
  Q_OBJECT
 public:
  using FacadeContract::FacadeContract;

 private slots:
  void createGivesWhatWasAskedFor();
  void withoutATemplateTheBaseIsTaken();
  void anUnknownTemplateIsNotFound();
  void anUnknownSecretIsNamed();
  void namesNeedNotBeUnique();
  void anUnknownSandboxIsNotFound();
  void aCancelledCreateLeavesNothing();
  void onlyWhatRunsCanBeCancelled();

  void theNewestIsListedFirst();
  void metadataFiltersExactly();
  void namesFilterByPartOfThem();
  void statusFilters();
  void anUnknownStatusIsRefused();
  void namesSortBothWays();
  void limitAndOffsetCutAPageOutOfTheTotal();

  void pauseEndsInASnapshot();
  void onlyAnActiveOneCanBePaused();
  void ofTwoPausesAtOnceOneIsRefused();
  void resumeMakesItActiveAgain();
  void onlyAPausedOneCanBeResumed();
  void activateIsFineWithActiveAndPaused();
  void activateWaitsForAPause();

  void aDeletedOneIsUnknown();
  void aPausedOneCanBeDeleted();
  void aDeleteDuringAPauseIsRefusedOrComesAfterIt();
  void theHardLifetimeDestroysActiveAndPausedOnes();
  void autoDeleteOfZeroDestroysOnPause();
};

}  // namespace terrarium
