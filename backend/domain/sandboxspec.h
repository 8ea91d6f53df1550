// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "backend/domain/egressrules.h"
#include "backend/domain/envvars.h"
#include "backend/domain/metadata.h"
#include "backend/domain/previewsettings.h"
#include "backend/domain/sandboxname.h"
#include "backend/domain/secretbindings.h"
#include "backend/domain/snapshotid.h"
#include "backend/domain/templateref.h"
#include "backend/domain/timeout.h"

namespace terrarium {

/// A create request as it was typed or received, not yet judged. Field names are those of the wire contract.
struct SandboxRequest {
  std::string name;
  std::optional<std::string> fromTemplate;
  std::optional<std::string> fromSnapshot;
  std::optional<std::int64_t> timeoutSeconds;
  std::optional<std::int64_t> autoDeleteSeconds;
  std::map<std::string, std::string> metadata;
  std::map<std::string, std::string> envVars;
  std::vector<std::string> allowOut;
  std::vector<std::string> denyOut;
  std::map<std::string, std::string> secrets;
  std::optional<std::string> previewAccess;
  bool operator==(const SandboxRequest&) const = default;
};

/// What is asked for when a sandbox is created. Every value has been checked.
class SandboxSpec {
 public:
  /// The first problem, in field order.
  [[nodiscard]] static Result<SandboxSpec> parse(const SandboxRequest& request);
  /// Every problem, for a form that shows each beside its field. Empty exactly when parse() succeeds.
  [[nodiscard]] static std::vector<Error> problems(const SandboxRequest& request);

  [[nodiscard]] const SandboxName& name() const { return name_; }
  [[nodiscard]] const TemplateRef& fromTemplate() const { return template_; }
  /// When set, template and shape come from that snapshot and fromTemplate() means nothing.
  [[nodiscard]] const std::optional<SnapshotId>& fromSnapshot() const { return snapshot_; }
  [[nodiscard]] const std::optional<Timeout>& timeout() const { return timeout_; }
  [[nodiscard]] const std::optional<AutoDelete>& autoDelete() const { return autoDelete_; }
  [[nodiscard]] const Metadata& metadata() const { return metadata_; }
  [[nodiscard]] const EnvVars& envVars() const { return envVars_; }
  [[nodiscard]] const EgressRules& egress() const { return egress_; }
  [[nodiscard]] const SecretBindings& secrets() const { return secrets_; }
  [[nodiscard]] PreviewAccess previewAccess() const { return previewAccess_; }
  /// The request that gives this spec again, for the client that sends it on.
  [[nodiscard]] SandboxRequest toRequest() const;

 private:
  SandboxSpec(SandboxName name, TemplateRef fromTemplate);
  SandboxName name_;
  TemplateRef template_;
  std::optional<SnapshotId> snapshot_;
  std::optional<Timeout> timeout_;
  std::optional<AutoDelete> autoDelete_;
  Metadata metadata_ = Metadata::none();
  EnvVars envVars_ = EnvVars::none();
  EgressRules egress_ = EgressRules::open();
  SecretBindings secrets_ = SecretBindings::none();
  PreviewAccess previewAccess_ = PreviewAccess::Public;
};

}  // namespace terrarium
