// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/guest/agent/settle.h"

#include <fcntl.h>
#include <limits>
#include <linux/fs.h>
#include <sys/ioctl.h>
#include <unistd.h>

namespace terrarium::agent {

Result<void> settleFileSystems(bool trim) {
  sync();
  if (!trim) return {};
  const int root = open("/", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (root < 0) return {};
  fstrim_range range{};
  range.len = std::numeric_limits<std::uint64_t>::max();
  // Not every file system or disk can; then the snapshot is only larger.
  ioctl(root, FITRIM, &range);
  close(root);
  return {};
}

}  // namespace terrarium::agent
