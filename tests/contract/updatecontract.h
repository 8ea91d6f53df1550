// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "tests/contract/facadecontract.h"

namespace terrarium {

/// What may change on a sandbox that exists.
class UpdateContract : public FacadeContract {
  Q_OBJECT
 public:
  using FacadeContract::FacadeContract;

 private slots:
  void metadataIsReplacedAsAWhole();
  void metadataCanChangeWhilePaused();
  void networkRulesAreReplacedAsAWhole();
  void networkRulesChangeOnlyWhileActive();
  void aRefusedUpdateChangesNothing();
  void theTimeoutCanBeSetAndCleared();
  void aTimeoutThatIsOverAlreadyIsRefused();
  void autoDeleteCanBeSetAndCleared();
  void autoDeleteOfAPausedOneCountsFromTheChange();
  void whatIsNotNamedStays();
};

}  // namespace terrarium
