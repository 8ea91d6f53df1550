// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/cli/command.h"

namespace terrarium {

/// `logs`: what was done with a sandbox, or with all of them.
class LogsCommand : public Command {
  Q_OBJECT
 public:
  Verb describe(Verb parent) override;

 protected:
  void run() override;

 private:
  void list(HttpFacade& facade, const ActivityQuery& query);
  void print(const ActivityPage& page);
  std::string sandbox_;
  std::string category_;
  bool failures_ = false;
  std::int64_t limit_ = 50;
};

}  // namespace terrarium
