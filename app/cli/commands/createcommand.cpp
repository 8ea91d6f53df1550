// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/commands/createcommand.h"

#include <QFile>
#include <csignal>

#include "app/cli/keyvalue.h"
#include "app/cli/wording.h"
#include "backend/domain/envvars.h"
#include "backend/wire/sandboxjson.h"

namespace terrarium {

Verb CreateCommand::describe(Verb parent) {
  verb_ = parent.verb("create", "Create a sandbox; commands can be run in it when this returns");
  verb_.option("name,-n,--name", request_.name, "What to call it (1-64 characters)");
  verb_.option("--from-snapshot", snapshot_, "Identity of a snapshot to start from, instead of a template")
      .excludes(verb_.option("-t,--template", template_, "Name or identity of the template (default superserve/base)"));
  verb_.option("--timeout", timeout_, "Destroy it that many seconds after its creation (1-604800)");
  verb_.option("--auto-delete", autoDelete_, "Delete it after that many seconds of being paused (0-2592000)");
  verb_.option("--preview-access", previewAccess_, "Who may see previews: public (default) or private, with tokens");
  verb_.option("--tag", tags_, "KEY=VALUE, again for more");
  verb_.option("-e,--env", env_, "Environment variable KEY=VALUE, again for more");
  verb_.option("--env-file", envFiles_, "Environment variables from a .env file; --env wins");
  verb_.option("--allow", request_.allowOut, "Address, CIDR or domain that may be reached, again for more");
  verb_.option("--deny", request_.denyOut, "Address or CIDR that may not be reached, again for more");
  verb_.option("--secret", secrets_, "VARIABLE=SECRET, again for more");
  return verb_;
}

Result<void> CreateCommand::readEnvFile(const std::string& file, std::map<std::string, std::string>& variables) const {
  QFile source(QString::fromStdString(file));
  if (!source.open(QIODevice::ReadOnly)) {
    return failure(badRequest("env_vars", "The file " + file + " cannot be read: " + source.errorString().toStdString() + "."));
  }
  const auto parsed = parseDotEnv(source.readAll().toStdString());
  if (!parsed.errors.empty()) return failure(badRequest("env_vars", file + ": " + parsed.errors.front().message));
  for (const auto& assignment : parsed.assignments) variables[assignment.key] = assignment.value;
  return {};
}

Result<SandboxRequest> CreateCommand::request() const {
  auto request = request_;
  if (verb_.given("--template")) request.fromTemplate = template_;
  if (verb_.given("--from-snapshot")) request.fromSnapshot = snapshot_;
  if (verb_.given("--timeout")) request.timeoutSeconds = timeout_;
  if (verb_.given("--auto-delete")) request.autoDeleteSeconds = autoDelete_;
  if (verb_.given("--preview-access")) request.previewAccess = previewAccess_;
  for (const auto& file : envFiles_) {
    if (auto read = readEnvFile(file, request.envVars); !read) return failure(read.error());
  }
  if (auto error = readKeyValues("--tag", tags_, request.metadata)) return failure(*error);
  if (auto error = readKeyValues("--env", env_, request.envVars)) return failure(*error);
  if (auto error = readKeyValues("--secret", secrets_, request.secrets)) return failure(*error);
  return request;
}

void CreateCommand::run() {
  if (!verb_.given("--name")) return fail(badRequest("name", "create needs a name: terrariumctl create NAME"));
  const auto asked = request();
  if (!asked) return fail(asked.error());
  const auto spec = SandboxSpec::parse(*asked);
  if (!spec) return fail(spec.error());
  withEngine([this, spec = *spec](HttpFacade& facade) {
    if (!console().isInteractive()) return create(facade, spec);
    stages_ = new StagePrinter(facade.events(), console(), this);
    whenEventsFlow(facade.events(), this, [this, &facade, spec] { create(facade, spec); });
  });
}

void CreateCommand::create(HttpFacade& facade, const SandboxSpec& spec) {
  const auto operation = randomUuid();
  if (stages_) stages_->follow([operation](const OperationProgress& progress) { return progress.operation == operation; });
  signals_ = std::make_unique<UnixSignals>(std::initializer_list<int>{SIGINT, SIGTERM});
  connect(signals_.get(), &UnixSignals::received, this, [this, &facade, operation] {
    // Twice: the user does not want to wait for the clean-up, which the engine does anyway.
    if (cancelled_) return fail(Error{ErrorCode::Cancelled, "Cancelled; the engine is still cleaning up.", {}, {}});
    cancelled_ = true;
    console().status("Cancelling ...");
    whenDone(facade.sandboxes().cancel(operation), this, [](const Result<void>&) {});
  });
  whenDone(facade.sandboxes().create(spec, operation), this, [this](const Result<SandboxInfo>& result) { onDone(result); });
}

Error CreateCommand::explained(Error error) const {
  // The words of the API, which say of which template the caller knows already.
  if (error.code != ErrorCode::Conflict || error.message.rfind("template is not ready", 0) != 0) return error;
  const auto name = template_.empty() ? std::string(TemplateRef::kDefaultName) : template_;
  error.message += ". Run 'terrariumctl template build " + name + "', which shows the build and waits for it, then create again.";
  return error;
}

void CreateCommand::onDone(const Result<SandboxInfo>& result) {
  if (stages_) stages_->finish();
  if (!result) return fail(explained(result.error()));
  if (wantsJson()) {
    console().out(toJson(*result));
  } else {
    console().outMade(result->id.value(), result->name.value());
  }
  succeed();
}

}  // namespace terrarium
