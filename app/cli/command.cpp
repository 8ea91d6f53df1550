// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/command.h"

#include "app/cli/sandboxchoice.h"

namespace terrarium {

void Command::start(Session& session) {
  session_ = &session;
  run();
}

void Command::fail(const Error& error) {
  console().clearStatus();
  console().problem(error, wantsJson());
  emit done(static_cast<int>(exitCodeFor(error)));
}

void Command::withEngine(const std::function<void(HttpFacade&)>& next) {
  session_->connectEngine(this, [this, next](const Result<HttpFacade*>& facade) {
    if (!facade) return fail(facade.error());
    next(**facade);
  });
}

void Command::withSandbox(const std::string& text, const std::function<void(HttpFacade&, const SandboxInfo&)>& next) {
  withEngine([this, text, next](HttpFacade& facade) {
    whenDone(facade.sandboxes().list({}), this, [this, text, next, &facade](const Result<SandboxPage>& page) {
      if (!page) return fail(page.error());
      const auto chosen = chooseSandbox(page->items, text);
      if (!chosen) return fail(chosen.error());
      next(facade, *chosen);
    });
  });
}

void Command::withActiveSandbox(const std::string& text, const std::function<void(HttpFacade&, const SandboxInfo&)>& next) {
  withSandbox(text, [this, next](HttpFacade& facade, const SandboxInfo& info) {
    if (info.state == SandboxState::Active) return next(facade, info);
    console().status("Resuming " + info.name.value() + " ...");
    whenDone(facade.sandboxes().activate(info.id), this, [this, next, &facade](const Result<SandboxInfo>& active) {
      console().clearStatus();
      if (!active) return fail(active.error());
      next(facade, *active);
    });
  });
}

}  // namespace terrarium
