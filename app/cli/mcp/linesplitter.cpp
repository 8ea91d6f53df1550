// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/mcp/linesplitter.h"

#include <utility>

namespace terrarium {

std::optional<LineSplitter::Line> LineSplitter::next() {
  const auto end = held_.indexOf('\n', searched_);
  if (end < 0) {
    if (skipping_ || held_.size() > longest_) {
      held_.clear();
      searched_ = 0;
      if (!std::exchange(skipping_, true)) return Line{{}, true};
    }
    searched_ = held_.size();
    return std::nullopt;
  }
  Line line{held_.left(end), false};
  held_.remove(0, end + 1);
  searched_ = 0;
  // Its beginning was reported when it became too long.
  if (std::exchange(skipping_, false)) return next();
  if (line.text.size() > longest_) return Line{{}, true};
  if (line.text.endsWith('\r')) line.text.chop(1);
  return line;
}

}  // namespace terrarium
