// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QObject>
#include <functional>
#include <string>

#include "app/cli/exitcodes.h"
#include "app/cli/session.h"
#include "app/cli/verb.h"

namespace terrarium {

/// One verb. describe() adds it to the command line, start() does it and ends with done(). Owned by the CommandLine.
class Command : public QObject {
  Q_OBJECT
 public:
  /// Adds the subcommand with its options; the command keeps their values.
  virtual Verb describe(Verb parent) = 0;
  void start(Session& session);

 signals:
  void done(int exitCode);

 protected:
  virtual void run() = 0;

  [[nodiscard]] Session& session() { return *session_; }
  [[nodiscard]] Console& console() { return session_->console(); }
  [[nodiscard]] bool wantsJson() const { return session_->options().json; }

  /// The engine, or the end with its problem.
  void withEngine(const std::function<void(HttpFacade&)>& next);
  /// The sandbox that `text` means, or the end with the reason why there is none.
  void withSandbox(const std::string& text, const std::function<void(HttpFacade&, const SandboxInfo&)>& next);
  /// The same, and active: a paused one is resumed, a transition is waited for.
  void withActiveSandbox(const std::string& text, const std::function<void(HttpFacade&, const SandboxInfo&)>& next);

  void succeed() { emit done(static_cast<int>(ExitCode::Success)); }
  void fail(const Error& error);

 private:
  Session* session_ = nullptr;
};

}  // namespace terrarium
