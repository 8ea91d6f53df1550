// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/commands/templatecommand.h"

#include "app/cli/printable.h"
#include "app/cli/table.h"
#include "app/cli/wording.h"
#include "backend/wire/templatejson.h"

namespace terrarium {

Verb TemplateCommand::describe(Verb parent) {
  auto verb = parent.verb("template", "List and build templates");
  verb.needsVerb();
  verb.verb("list", "List the templates");
  build_ = verb.verb("build", "Build a template, or build it anew");
  build_.option("name", name_, "Name or identity of the template").required();
  build_.flag("--log", log_, "Show the log of the build, although there is no terminal");
  return verb;
}

void TemplateCommand::run() {
  if (!build_.given()) return withEngine([this](HttpFacade& facade) { list(facade); });
  const auto ref = TemplateRef::parse(name_);
  if (!ref) return fail(ref.error());
  withEngine([this, ref = *ref](HttpFacade& facade) { build(facade, ref); });
}

void TemplateCommand::list(HttpFacade& facade) {
  whenDone(facade.templates().list(), this, [this](const Result<std::vector<TemplateInfo>>& templates) {
    if (!templates) return fail(templates.error());
    print(*templates);
    succeed();
  });
}

void TemplateCommand::print(const std::vector<TemplateInfo>& templates) {
  if (wantsJson()) {
    QJsonArray array;
    for (const auto& info : templates) array.append(toJson(info));
    return console().out(array);
  }
  Table table({"NAME", "STATUS", "VCPU", "MEMORY", "DISK", "SIZE", "DESCRIPTION"});
  for (const auto& info : templates) {
    table.add({info.name, std::string(templateStatusName(info.status)), std::to_string(info.size.vcpus()),
               std::to_string(info.size.memoryMib()) + " MiB", std::to_string(info.size.diskMib()) + " MiB",
               info.sizeBytes > 0 ? sizeText(info.sizeBytes) : "-", info.problem.empty() ? info.description : info.problem});
  }
  console().out(table.text());
}

void TemplateCommand::build(HttpFacade& facade, const TemplateRef& ref) {
  stages_ = new StagePrinter(facade.events(), console(), this);
  stages_->showLog(log_);
  whenEventsFlow(facade.events(), this, [this, &facade, ref] {
    whenDone(facade.templates().get(ref), this, [this, &facade](const Result<TemplateInfo>& info) {
      if (!info) return fail(info.error());
      startBuild(facade, *info);
    });
  });
}

void TemplateCommand::startBuild(HttpFacade& facade, const TemplateInfo& info) {
  stages_->follow([id = info.id](const OperationProgress& progress) {
    return progress.kind == OperationKind::BuildTemplate && progress.subjectId == id;
  });
  const auto ref = TemplateRef::parse(info.id);
  if (!ref) return fail(ref.error());
  whenDone(facade.templates().build(*ref), this, [this](const Result<TemplateInfo>& result) {
    stages_->finish();
    if (!result) return fail(result.error());
    if (wantsJson()) {
      console().out(toJson(*result));
    } else {
      console().out(printable(result->name) + " is " + std::string(templateStatusName(result->status)) + "\n");
    }
    succeed();
  });
}

}  // namespace terrarium
