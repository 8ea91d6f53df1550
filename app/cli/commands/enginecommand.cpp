// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/commands/enginecommand.h"

#include "app/cli/printable.h"

namespace terrarium {

Verb EngineCommand::describe(Verb parent) {
  auto verb = parent.verb("engine", "Start, stop or look at the engine of this user");
  verb.needsVerb();
  start_ = verb.verb("start", "Start it, if it does not run");
  stop_ = verb.verb("stop", "Pause all sandboxes and end it; the next start resumes them");
  stop_.option("--wait", patience_, "Seconds to wait for its end");
  verb.verb("status", "Say whether it runs; ends with 5 when it does not");
  return verb;
}

void EngineCommand::run() {
  if (!session().options().engine.empty()) {
    return fail(badRequest("engine", "An engine given by --engine cannot be started or stopped from here."));
  }
  if (start_.given()) return startEngine();
  stop_.given() ? stopEngine() : status();
}

void EngineCommand::print(const Endpoint& endpoint) {
  if (wantsJson()) {
    return console().out(QJsonObject{{QStringLiteral("running"), true},
                                     {QStringLiteral("url"), endpoint.url.toString()},
                                     {QStringLiteral("pid"), endpoint.processId},
                                     {QStringLiteral("version"), endpoint.version}});
  }
  console().out("The engine " + printable(endpoint.version.toStdString()) + " runs at " + endpoint.url.toString().toStdString() +
                " (process " + std::to_string(endpoint.processId) + ").\n");
}

void EngineCommand::startEngine() {
  whenDone(session().launcher().ensureRunning(), this, [this](const Result<Endpoint>& endpoint) {
    if (!endpoint) return fail(endpoint.error());
    print(*endpoint);
    succeed();
  });
}

void EngineCommand::status() {
  whenDone(session().launcher().find(), this, [this](const Result<Endpoint>& endpoint) {
    if (endpoint) {
      print(*endpoint);
      return succeed();
    }
    wantsJson() ? console().out(QJsonObject{{QStringLiteral("running"), false}})
                : console().out(std::string("The engine does not run.\n"));
    emit done(static_cast<int>(ExitCode::Unreachable));
  });
}

void EngineCommand::stopEngine() {
  // An engine that hangs has an endpoint, too, although it does not answer.
  const auto endpoint = readEndpoint(Directories::fromEnvironment());
  if (endpoint) return stopAfterListing(*endpoint);
  if (!wantsJson()) console().note("The engine does not run.");
  succeed();
}

void EngineCommand::stopAfterListing(const Endpoint& endpoint) {
  facade_ = std::make_unique<HttpFacade>(endpoint.url, endpoint.apiKey);
  SandboxQuery query;
  query.status = "active";
  whenDone(facade_->sandboxes().list(query), this, [this, endpoint](const Result<SandboxPage>& page) {
    if (page && !page->items.empty() && !wantsJson()) {
      std::string names;
      for (const auto& info : page->items) names += (names.empty() ? "" : ", ") + info.name.value();
      console().note("Pausing " + names + "; the next start resumes what runs now.");
    }
    stop(endpoint);
  });
}

void EngineCommand::stop(const Endpoint& endpoint) {
  console().status("Stopping the engine ...");
  whenDone(stopper_.stop(endpoint, std::chrono::seconds(patience_)), this, [this](const Result<void>& result) {
    console().clearStatus();
    if (!result) return fail(result.error());
    if (!wantsJson()) console().note("The engine has ended.");
    succeed();
  });
}

}  // namespace terrarium
