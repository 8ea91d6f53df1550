// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/builders.h"

#include <cstdio>
#include <cstdlib>

namespace terrarium {

namespace {

template <class T>
T require(Result<T> result) {
  if (!result) {
    std::fprintf(stderr, "a test built an invalid value: %s\n", result.error().message.c_str());
    std::abort();
  }
  return std::move(*result);
}

}  // namespace

SandboxRequest sandboxRequest(const std::string& name) {
  SandboxRequest request;
  request.name = name;
  return request;
}

SandboxSpec sandboxSpec(const std::string& name) { return sandboxSpec(sandboxRequest(name)); }

SandboxSpec sandboxSpec(const SandboxRequest& request) { return require(SandboxSpec::parse(request)); }

SandboxPatch sandboxPatch(const PatchRequest& request) { return require(SandboxPatch::parse(request)); }

SandboxId sandboxId(int number) {
  const auto digits = std::to_string(number);
  return require(SandboxId::parse("00000000-0000-4000-8000-" + std::string(12 - digits.size(), '0') + digits));
}

SandboxInfo sandboxInfo(SandboxState state, int number) {
  SandboxInfo info{sandboxId(number), require(SandboxName::parse("sandbox " + std::to_string(number))), state,
                   "10000000-0000-4000-8000-000000000001", std::string(TemplateRef::kDefaultName)};
  info.createdAt = WallTime(std::chrono::seconds(1'800'000'000));
  return info;
}

TemplateInfo templateInfo(const std::string& name, TemplateStatus status) {
  TemplateInfo info;
  info.id = "10000000-0000-4000-8000-000000000001";
  info.name = name;
  info.status = status;
  info.system = name.rfind(TemplateRef::kSystemPrefix, 0) == 0;
  info.createdAt = WallTime(std::chrono::seconds(1'790'000'000));
  if (status == TemplateStatus::Ready) info.builtAt = info.createdAt + std::chrono::seconds(60);
  return info;
}

}  // namespace terrarium
