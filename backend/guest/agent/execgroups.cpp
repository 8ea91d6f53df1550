// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/guest/agent/execgroups.h"

#include <algorithm>
#include <array>
#include <fcntl.h>
#include <string_view>
#include <sys/stat.h>
#include <unistd.h>

namespace terrarium::agent {

namespace {

bool isEmpty(int group) {
  const int events = openat(group, "cgroup.events", O_RDONLY | O_CLOEXEC);
  if (events < 0) return false;
  std::array<char, 128> text{};
  const auto count = read(events, text.data(), text.size());
  close(events);
  return count > 0 && std::string_view(text.data(), static_cast<std::size_t>(count)).find("populated 0") != std::string_view::npos;
}

}  // namespace

ExecGroups::~ExecGroups() {
  for (const int group : former_) close(group);
}

int ExecGroups::take() {
  const auto found = std::find_if(former_.begin(), former_.end(), isEmpty);
  if (found == former_.end()) return make();
  const int group = *found;
  former_.erase(found);
  return group;
}

int ExecGroups::make() {
  if (root_.empty()) return -1;
  mkdir(root_.c_str(), 0755);
  const auto path = root_ + "/" + std::to_string(++made_);
  if (mkdir(path.c_str(), 0755) != 0) return -1;
  return open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
}

void ExecGroups::giveBack(int group) {
  if (group >= 0) former_.push_back(group);
}

void ExecGroups::kill(int group) {
  if (group < 0) return;
  const int file = openat(group, "cgroup.kill", O_WRONLY | O_CLOEXEC);
  if (file < 0) return;
  static_cast<void>(write(file, "1", 1) == 1);
  close(file);
}

}  // namespace terrarium::agent
