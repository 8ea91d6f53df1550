// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/commands/updatecommand.h"

#include <charconv>

#include "app/cli/keyvalue.h"
#include "backend/wire/sandboxjson.h"

namespace terrarium {

Verb UpdateCommand::describe(Verb parent) {
  auto verb = parent.verb("update", "Change the tags, lifetime, egress rules or previews of a sandbox");
  verb.option("sandbox", sandbox_, "Name, identity or the beginning of one").required();
  verb.option("--tag", tags_, "Set KEY=VALUE, again for more");
  verb.option("--untag", untags_, "Remove KEY, again for more");
  const auto open = verb.flag("--open", openNetwork_, "Remove all egress rules");
  verb.option("--allow", allow_, "Replace the egress rules: what may be reached, again for more").excludes(open);
  verb.option("--deny", deny_, "Replace the egress rules: what may not be reached, again for more").excludes(open);
  verb.option("--timeout", timeout_, "Seconds from its creation, or 'none'");
  verb.option("--auto-delete", autoDelete_, "Seconds of being paused, or 'none'");
  verb.option("--preview-access", previewAccess_, "Who may see previews: public or private");
  return verb;
}

Result<Change<std::int64_t>> UpdateCommand::seconds(const std::string& option, const std::string& text) const {
  if (text.empty()) return Change<std::int64_t>{};
  if (text == "none") return Change<std::int64_t>{std::optional<std::int64_t>{}};
  std::int64_t number = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (problem != std::errc() || end != text.data() + text.size()) {
    return failure(badRequest({}, option + " takes a number of seconds or 'none', not '" + text + "'."));
  }
  return Change<std::int64_t>{std::optional<std::int64_t>{number}};
}

Result<PatchRequest> UpdateCommand::request(const SandboxInfo& info) const {
  PatchRequest request;
  const auto timeout = seconds("--timeout", timeout_);
  const auto autoDelete = seconds("--auto-delete", autoDelete_);
  if (!timeout) return failure(timeout.error());
  if (!autoDelete) return failure(autoDelete.error());
  request.timeoutSeconds = *timeout;
  request.autoDeleteSeconds = *autoDelete;
  if (!previewAccess_.empty()) request.previewAccess = previewAccess_;
  if (!tags_.empty() || !untags_.empty()) {
    auto entries = info.metadata.entries();
    if (auto error = readKeyValues("--tag", tags_, entries)) return failure(*error);
    for (const auto& key : untags_) entries.erase(key);
    request.metadata = std::move(entries);
  }
  if (openNetwork_ || !allow_.empty() || !deny_.empty()) request.network = PatchRequest::Network{allow_, deny_};
  return request;
}

void UpdateCommand::run() {
  withSandbox(sandbox_, [this](HttpFacade& facade, const SandboxInfo& info) {
    const auto asked = request(info);
    if (!asked) return fail(asked.error());
    const auto patch = SandboxPatch::parse(*asked);
    if (!patch) return fail(patch.error());
    whenDone(facade.sandboxes().update(info.id, *patch), this, [this](const Result<void>& result) {
      if (!result) return fail(result.error());
      succeed();
    });
  });
}

}  // namespace terrarium
