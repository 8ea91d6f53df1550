// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/cli/command.h"

namespace terrarium {

/// `list`: the sandboxes as a table.
class ListCommand : public Command {
  Q_OBJECT
 public:
  Verb describe(Verb parent) override;

 protected:
  void run() override;

 private:
  void print(const SandboxPage& page);
  std::vector<std::string> tags_;
  std::string status_;
  std::string name_;
  bool quiet_ = false;
};

}  // namespace terrarium
