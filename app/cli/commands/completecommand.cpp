// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/commands/completecommand.h"

#include <algorithm>

namespace terrarium {

namespace {
// Names that a shell would need quoted are offered by their identity only.
bool isPlain(const std::string& name) {
  return std::all_of(name.begin(), name.end(), [](unsigned char c) {
    return std::isalnum(c) != 0 || c == '-' || c == '_' || c == '.' || c == '/' || c == '+' || c == '@';
  });
}
}  // namespace

Verb CompleteCommand::describe(Verb parent) {
  auto verb = parent.verb("__complete", "Candidates for the completion of the shell");
  verb.hidden();
  verb.option("kind", kind_, "sandboxes or templates").required();
  return verb;
}

void CompleteCommand::run() {
  whenDone(session().launcher().find(), this, [this](const Result<Endpoint>& endpoint) {
    if (!endpoint) return succeed();
    facade_ = std::make_unique<HttpFacade>(endpoint->url, endpoint->apiKey);
    kind_ == "templates" ? printTemplates(*facade_) : printSandboxes(*facade_);
  });
}

void CompleteCommand::printSandboxes(HttpFacade& facade) {
  whenDone(facade.sandboxes().list({}), this, [this](const Result<SandboxPage>& page) {
    if (page) {
      for (const auto& info : page->items) console().out((isPlain(info.name.value()) ? info.name.value() : info.id.value()) + "\n");
    }
    succeed();
  });
}

void CompleteCommand::printTemplates(HttpFacade& facade) {
  whenDone(facade.templates().list(), this, [this](const Result<std::vector<TemplateInfo>>& templates) {
    if (templates) {
      for (const auto& info : *templates) console().out((isPlain(info.name) ? info.name : info.id) + "\n");
    }
    succeed();
  });
}

}  // namespace terrarium
