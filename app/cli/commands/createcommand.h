// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <memory>

#include "app/cli/command.h"
#include "app/cli/stageprinter.h"
#include "app/cli/unixsignals.h"

namespace terrarium {

/// `create`: every field of the request; shows the stages on a terminal; Ctrl+C cancels.
class CreateCommand : public Command {
  Q_OBJECT
 public:
  Verb describe(Verb parent) override;
  /// The request that the options make. Mistakes in KEY=VALUE words and .env files are errors.
  [[nodiscard]] Result<SandboxRequest> request() const;

 protected:
  void run() override;

 private:
  void create(HttpFacade& facade, const SandboxSpec& spec);
  [[nodiscard]] Error explained(Error error) const;
  void onDone(const Result<SandboxInfo>& result);
  [[nodiscard]] Result<void> readEnvFile(const std::string& file, std::map<std::string, std::string>& variables) const;

  SandboxRequest request_;
  std::string template_;
  std::string snapshot_;
  std::int64_t timeout_ = 0;
  std::int64_t autoDelete_ = -1;
  std::string previewAccess_;
  std::vector<std::string> tags_;
  std::vector<std::string> env_;
  std::vector<std::string> envFiles_;
  std::vector<std::string> secrets_;
  Verb verb_;
  StagePrinter* stages_ = nullptr;
  std::unique_ptr<UnixSignals> signals_;
  bool cancelled_ = false;
};

}  // namespace terrarium
