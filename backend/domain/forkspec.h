// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "backend/domain/sandboxname.h"

namespace terrarium {

/// A fork request as it was typed or received, not yet judged.
struct ForkRequest {
  std::optional<std::int64_t> count;
  std::optional<std::string> name;
  bool operator==(const ForkRequest&) const = default;
};

/// What is asked for when a sandbox is forked: how many clones, and what they are called.
class ForkSpec {
 public:
  static constexpr std::int64_t kMaxCount = 32;

  [[nodiscard]] static Result<ForkSpec> parse(const ForkRequest& request);

  [[nodiscard]] int count() const { return count_; }
  [[nodiscard]] const std::optional<SandboxName>& name() const { return name_; }
  /// One name for each clone: the given one, else the source's with "fork"; several are numbered. Shortened where too long.
  [[nodiscard]] std::vector<SandboxName> namesFor(const SandboxName& source) const;
  [[nodiscard]] ForkRequest toRequest() const;

 private:
  explicit ForkSpec(int count) : count_(count) {}
  int count_;
  std::optional<SandboxName> name_;
};

}  // namespace terrarium
