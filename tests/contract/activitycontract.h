// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "tests/contract/facadecontract.h"

namespace terrarium {

/// What the activity log tells of what was done.
class ActivityContract : public FacadeContract {
  Q_OBJECT
 public:
  using FacadeContract::FacadeContract;

 private slots:
  void aLifeIsInTheLog();
  void updatesAreInTheLog();
  void aFailureSaysWhy();
  void theLogIsFilteredAndPaged();

 private:
  [[nodiscard]] ActivityPage logged(const ActivityQuery& query);
};

}  // namespace terrarium
