// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/commands/sandboxverbcommand.h"

#include "app/cli/sandboxchoice.h"

namespace terrarium {

void SandboxVerbCommand::run() {
  withEngine([this](HttpFacade& facade) {
    whenDone(facade.sandboxes().list({}), this, [this, &facade](const Result<SandboxPage>& page) {
      if (!page) return fail(page.error());
      chooseAll(facade, *page);
    });
  });
}

void SandboxVerbCommand::chooseAll(HttpFacade& facade, const SandboxPage& page) {
  std::vector<SandboxInfo> chosen;
  // A wrong name stops everything before anything happens.
  for (const auto& text : sandboxes_) {
    auto info = chooseSandbox(page.items, text);
    if (!info) return fail(info.error());
    chosen.push_back(std::move(*info));
  }
  nextOf(facade, std::move(chosen));
}

Error SandboxVerbCommand::explained(Error error, const SandboxInfo& info) const {
  if (error.code == ErrorCode::Conflict && info.state == wish()) {
    error.message = info.name.value() + " is " + std::string(phaseName(info.state)) + " already.";
  }
  return error;
}

void SandboxVerbCommand::nextOf(HttpFacade& facade, std::vector<SandboxInfo> waiting) {
  if (waiting.empty()) {
    emit done(exitCode_);
    return;
  }
  const auto info = waiting.front();
  waiting.erase(waiting.begin());
  whenDone(act(facade, info), this, [this, &facade, info, waiting](const Result<void>& result) {
    if (result) {
      if (console().isInteractive()) console().note(pastTense() + " " + info.name.value() + ".");
    } else {
      console().problem(explained(result.error(), info), wantsJson());
      if (exitCode_ == 0) exitCode_ = static_cast<int>(exitCodeFor(result.error()));
    }
    nextOf(facade, waiting);
  });
}

}  // namespace terrarium
