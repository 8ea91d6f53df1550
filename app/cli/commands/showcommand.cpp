// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/commands/showcommand.h"

#include "app/cli/printable.h"
#include "app/cli/wording.h"
#include "backend/wire/jsonvalues.h"
#include "backend/wire/sandboxjson.h"

namespace terrarium {

namespace {
constexpr std::size_t kLabelWidth = 13;

std::string joined(const std::vector<std::string>& items) {
  std::string text;
  for (const auto& item : items) text += (text.empty() ? "" : ", ") + item;
  return text;
}
}  // namespace

Verb ShowCommand::describe(Verb parent) {
  auto verb = parent.verb("show", "Show one sandbox");
  verb.option("sandbox", sandbox_, "Name, identity or the beginning of one").required();
  return verb;
}

void ShowCommand::run() {
  withSandbox(sandbox_, [this](HttpFacade& facade, const SandboxInfo& listed) {
    // The list leaves out the secrets.
    whenDone(facade.sandboxes().get(listed.id), this, [this](const Result<SandboxInfo>& info) {
      if (!info) return fail(info.error());
      wantsJson() ? console().out(toJson(*info)) : print(*info);
      succeed();
    });
  });
}

void ShowCommand::print(const SandboxInfo& info) {
  const auto line = [this](std::string label, const std::string& value) {
    if (value.empty()) return;
    label.resize(kLabelWidth, ' ');
    console().out(label + printable(value) + "\n");
  };
  line("Name", info.name.value());
  line("ID", info.id.value());
  line("Status", std::string(phaseName(info.state)));
  line("Problem", info.problem);
  line("Template", info.templateName);
  line("Size", std::to_string(info.size.vcpus()) + " vCPU, " + std::to_string(info.size.memoryMib()) + " MiB memory, " +
                   std::to_string(info.size.diskMib()) + " MiB disk");
  line("Created", toJson(info.createdAt).toStdString());
  line("Expires", expiryText(info, SystemClock().now()));
  line("Tags", tagsText(info.metadata));
  line("Allow", joined(info.egress.allowOut()));
  line("Deny", joined(info.egress.denyOut()));
  for (const auto& secret : info.secrets)
    line("Secret", secret.envKey + " = " + secret.secretName + (secret.revoked ? " (revoked)" : ""));
  line("Snapshot", info.snapshotId);
  if (info.emulated) line("Isolation", "software emulation: not a security boundary");
}

}  // namespace terrarium
