// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/domain/forkspec.h"

#include "backend/domain/utf8.h"

namespace terrarium {

namespace {

/// `stem` + `ending` with the stem cut, at a code point, so that both fit into a name.
SandboxName fitted(std::string stem, const std::string& ending) {
  while (codePointCount(stem).value_or(0) + ending.size() > SandboxName::kMaxCodePoints) {
    do {
      const auto last = static_cast<unsigned char>(stem.back());
      stem.pop_back();
      if ((last & 0xC0U) != 0x80U) break;
    } while (!stem.empty());
  }
  return *SandboxName::parse(stem + ending);
}

}  // namespace

Result<ForkSpec> ForkSpec::parse(const ForkRequest& request) {
  const auto count = request.count.value_or(1);
  if (count < 1 || count > kMaxCount) {
    return failure(badRequest("count", "count is " + std::to_string(count) + ": 1 to 32 clones are accepted."));
  }
  ForkSpec spec(static_cast<int>(count));
  if (request.name) {
    const auto name = SandboxName::parse(*request.name);
    if (!name) return failure(name.error());
    spec.name_ = *name;
  }
  return spec;
}

std::vector<SandboxName> ForkSpec::namesFor(const SandboxName& source) const {
  const auto stem = name_ ? name_->value() : source.value();
  const std::string ending = name_ ? "" : " fork";
  std::vector<SandboxName> names;
  for (int number = 1; number <= count_; ++number) {
    names.push_back(fitted(stem, count_ == 1 ? ending : ending + " " + std::to_string(number)));
  }
  return names;
}

ForkRequest ForkSpec::toRequest() const {
  ForkRequest request;
  request.count = count_;
  if (name_) request.name = name_->value();
  return request;
}

}  // namespace terrarium
