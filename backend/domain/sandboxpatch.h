// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "backend/domain/egressrules.h"
#include "backend/domain/metadata.h"
#include "backend/domain/previewsettings.h"
#include "backend/domain/timeout.h"

namespace terrarium {

/// A field of a patch: absent, set to nothing (null), or set to a value.
template <class T>
using Change = std::optional<std::optional<T>>;

/// A patch as received, not yet judged.
struct PatchRequest {
  struct Network {
    std::vector<std::string> allowOut;
    std::vector<std::string> denyOut;
    bool operator==(const Network&) const = default;
  };
  std::optional<std::map<std::string, std::string>> metadata;
  std::optional<Network> network;
  Change<std::int64_t> timeoutSeconds;
  Change<std::int64_t> autoDeleteSeconds;
  std::optional<std::string> previewAccess;
  bool operator==(const PatchRequest&) const = default;
};

/// What may change on a sandbox that exists. Refuses to be empty.
class SandboxPatch {
 public:
  [[nodiscard]] static Result<SandboxPatch> parse(const PatchRequest& request);

  [[nodiscard]] const std::optional<Metadata>& metadata() const { return metadata_; }
  [[nodiscard]] const std::optional<EgressRules>& egress() const { return egress_; }
  [[nodiscard]] const Change<Timeout>& timeout() const { return timeout_; }
  [[nodiscard]] const Change<AutoDelete>& autoDelete() const { return autoDelete_; }
  [[nodiscard]] const std::optional<PreviewAccess>& previewAccess() const { return previewAccess_; }
  [[nodiscard]] PatchRequest toRequest() const;

 private:
  SandboxPatch() = default;
  std::optional<Metadata> metadata_;
  std::optional<EgressRules> egress_;
  Change<Timeout> timeout_;
  Change<AutoDelete> autoDelete_;
  std::optional<PreviewAccess> previewAccess_;
};

}  // namespace terrarium
