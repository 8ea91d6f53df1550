// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "tests/contract/facadecontract.h"

namespace terrarium {

/// The rows and logs of template builds.
class BuildsContract : public FacadeContract {
  Q_OBJECT
 public:
  using FacadeContract::FacadeContract;

 private slots:
  void aBuildLeavesARowAndALog();
  void whatIsUnknownIsNotFound();
};

}  // namespace terrarium
