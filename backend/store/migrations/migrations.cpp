// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/store/migrations/migrations.h"

#include "backend/store/migrations/migration0001.h"
#include "backend/store/migrations/migration0002.h"
#include "backend/store/migrations/migration0003.h"
#include "backend/store/migrations/migration0004.h"

namespace terrarium {

const std::vector<Migration>& migrations() {
  static const std::vector<Migration> kAll = {migration0001(), migration0002(), migration0003(), migration0004()};
  return kAll;
}

}  // namespace terrarium
