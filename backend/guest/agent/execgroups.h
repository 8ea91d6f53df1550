// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <string>
#include <vector>

namespace terrarium::agent {

/// Control groups for commands, one each, so that all of a command's processes can be killed, also those that made a session of
/// their own. Groups are used again, because making one costs more than anything else about a short command. Where the system has
/// no control groups, or the root is empty, there are none.
class ExecGroups {
 public:
  /// `root`: a directory of the unified hierarchy, made when missing.
  explicit ExecGroups(std::string root) : root_(std::move(root)) {}
  ExecGroups(const ExecGroups&) = delete;
  ExecGroups& operator=(const ExecGroups&) = delete;
  ~ExecGroups();

  /// The descriptor of an empty group's directory; -1: there is none.
  [[nodiscard]] int take();
  /// The command is over; its background processes may not be.
  void giveBack(int group);
  static void kill(int group);

 private:
  [[nodiscard]] int make();

  std::string root_;
  int made_ = 0;
  std::vector<int> former_;  ///< given back; an empty one is taken again
};

}  // namespace terrarium::agent
