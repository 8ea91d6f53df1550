// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>

#include "backend/guest/agent.pb.h"

namespace terrarium::agent {

/// Measures what the window shows of a sandbox. Processor use is that since the measurement before.
class StatisticsSource {
 public:
  [[nodiscard]] guest::Statistics measure();

 private:
  std::uint64_t busy_ = 0;
  std::uint64_t total_ = 0;
};

}  // namespace terrarium::agent
