// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/cli/command.h"

namespace terrarium {

/// `update`: changes what may change on a sandbox. Tags are added to those that are there; egress rules are replaced.
class UpdateCommand : public Command {
  Q_OBJECT
 public:
  Verb describe(Verb parent) override;

 protected:
  void run() override;

 private:
  [[nodiscard]] Result<PatchRequest> request(const SandboxInfo& info) const;
  [[nodiscard]] Result<Change<std::int64_t>> seconds(const std::string& option, const std::string& text) const;

  std::string sandbox_;
  std::vector<std::string> tags_;
  std::vector<std::string> untags_;
  std::vector<std::string> allow_;
  std::vector<std::string> deny_;
  bool openNetwork_ = false;
  std::string timeout_;
  std::string autoDelete_;
  std::string previewAccess_;
};

}  // namespace terrarium
