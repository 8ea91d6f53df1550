// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/domain/sandboxspec.h"

#include <iterator>

namespace terrarium {

namespace {

template <class T>
void note(std::vector<Error>& found, const Result<T>& parsed) {
  if (!parsed) found.push_back(parsed.error());
}

void note(std::vector<Error>& found, std::vector<Error> more) {
  found.insert(found.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

/// A variable cannot be both a plain value and a stand-in for a secret.
std::vector<Error> doubledVariables(const SandboxRequest& request) {
  std::vector<Error> found;
  for (const auto& [key, secretName] : request.secrets) {
    if (request.envVars.count(key) == 0) continue;
    found.push_back(badRequest("secrets." + key, "secrets." + key +
                                                     " is also in env_vars: a variable is accepted in only one of "
                                                     "the two."));
  }
  return found;
}

}  // namespace

SandboxSpec::SandboxSpec(SandboxName name, TemplateRef fromTemplate) : name_(std::move(name)), template_(std::move(fromTemplate)) {}

std::vector<Error> SandboxSpec::problems(const SandboxRequest& request) {
  std::vector<Error> found;
  note(found, SandboxName::parse(request.name));
  if (request.fromTemplate) note(found, TemplateRef::parse(*request.fromTemplate));
  if (request.fromSnapshot) {
    note(found, SnapshotId::parse(*request.fromSnapshot, "from_snapshot"));
    if (request.fromTemplate) {
      found.push_back(
          badRequest("from_snapshot", "from_snapshot is given together with from_template: only one of the two is accepted."));
    }
  }
  if (request.timeoutSeconds) note(found, Timeout::parse(*request.timeoutSeconds));
  if (request.autoDeleteSeconds) note(found, AutoDelete::parse(*request.autoDeleteSeconds));
  note(found, Metadata::problems(request.metadata));
  note(found, EnvVars::problems(request.envVars));
  note(found, EgressRules::problems(request.allowOut, request.denyOut));
  note(found, SecretBindings::problems(request.secrets));
  note(found, doubledVariables(request));
  if (request.previewAccess) note(found, parsePreviewAccess(*request.previewAccess));
  return found;
}

Result<SandboxSpec> SandboxSpec::parse(const SandboxRequest& request) {
  if (auto found = problems(request); !found.empty()) return failure(std::move(found.front()));
  SandboxSpec spec(*SandboxName::parse(request.name),
                   request.fromTemplate ? *TemplateRef::parse(*request.fromTemplate) : TemplateRef::defaultTemplate());
  if (request.fromSnapshot) spec.snapshot_ = *SnapshotId::parse(*request.fromSnapshot, "from_snapshot");
  if (request.timeoutSeconds) spec.timeout_ = *Timeout::parse(*request.timeoutSeconds);
  if (request.autoDeleteSeconds) spec.autoDelete_ = *AutoDelete::parse(*request.autoDeleteSeconds);
  spec.metadata_ = *Metadata::parse(request.metadata);
  spec.envVars_ = *EnvVars::parse(request.envVars);
  spec.egress_ = *EgressRules::parse(request.allowOut, request.denyOut);
  spec.secrets_ = *SecretBindings::parse(request.secrets);
  if (request.previewAccess) spec.previewAccess_ = *parsePreviewAccess(*request.previewAccess);
  return spec;
}

SandboxRequest SandboxSpec::toRequest() const {
  SandboxRequest request;
  request.name = name_.value();
  if (snapshot_) {
    request.fromSnapshot = snapshot_->value();
  } else {
    request.fromTemplate = template_.value();
  }
  if (timeout_) request.timeoutSeconds = timeout_->value().count();
  if (autoDelete_) request.autoDeleteSeconds = autoDelete_->value().count();
  request.metadata = metadata_.entries();
  request.envVars = envVars_.entries();
  request.allowOut = egress_.allowOut();
  request.denyOut = egress_.denyOut();
  request.secrets = secrets_.entries();
  if (previewAccess_ != PreviewAccess::Public) request.previewAccess = previewAccessName(previewAccess_);
  return request;
}

}  // namespace terrarium
