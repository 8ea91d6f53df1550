// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/domain/previewsettings.h"

#include <algorithm>
#include <utility>

namespace terrarium {

std::string_view previewAccessName(PreviewAccess access) { return access == PreviewAccess::Public ? "public" : "private"; }

Result<PreviewAccess> parsePreviewAccess(std::string_view name) {
  if (name == "public") return PreviewAccess::Public;
  if (name == "private") return PreviewAccess::Private;
  return failure(badRequest("preview_access", "preview_access has to be public or private."));
}

Error notPublished(PreviewPort port) {
  return {ErrorCode::NotFound, "Port " + std::to_string(port.value()) + " is not published. Publish it first."};
}

Result<PreviewSettings> PreviewSettings::restore(PreviewAccess access, std::vector<PublishedPort> ports, std::int64_t lastVersion) {
  PreviewSettings settings(access);
  std::sort(ports.begin(), ports.end(), [](const auto& a, const auto& b) { return a.port < b.port; });
  const bool twice =
      std::adjacent_find(ports.begin(), ports.end(), [](const auto& a, const auto& b) { return a.port == b.port; }) != ports.end();
  const bool beyond =
      std::any_of(ports.begin(), ports.end(), [lastVersion](const auto& each) { return each.tokenVersion > lastVersion; });
  if (twice || beyond || ports.size() > kMaxPorts)
    return failure(ErrorCode::FileSystem, "These preview ports contradict each other.");
  settings.ports_ = std::move(ports);
  settings.lastVersion_ = lastVersion;
  return settings;
}

const PublishedPort* PreviewSettings::find(int port) const {
  const auto it = std::find_if(ports_.begin(), ports_.end(), [port](const auto& each) { return each.port.value() == port; });
  return it == ports_.end() ? nullptr : &*it;
}

std::optional<PreviewAccess> PreviewSettings::accessTo(int port) const {
  if (const auto* published = find(port)) return published->access;
  if (access_ == PreviewAccess::Public) return PreviewAccess::Public;
  return std::nullopt;
}

Result<PublishedPort> PreviewSettings::publish(PreviewPort port, std::optional<PreviewAccess> access) {
  const auto it =
      std::lower_bound(ports_.begin(), ports_.end(), port, [](const auto& each, PreviewPort sought) { return each.port < sought; });
  if (it != ports_.end() && it->port == port) {
    it->access = access.value_or(it->access);
    return *it;
  }
  if (ports_.size() >= kMaxPorts) {
    return failure(badRequest("port", "At most 64 ports of a sandbox can be published. Unpublish one first."));
  }
  return *ports_.insert(it, PublishedPort{port, access.value_or(access_), ++lastVersion_});
}

void PreviewSettings::unpublish(PreviewPort port) {
  std::erase_if(ports_, [port](const auto& each) { return each.port == port; });
}

Result<PublishedPort> PreviewSettings::rotate(PreviewPort port) {
  const auto it = std::find_if(ports_.begin(), ports_.end(), [port](const auto& each) { return each.port == port; });
  if (it == ports_.end()) return failure(notPublished(port));
  it->tokenVersion = ++lastVersion_;
  return *it;
}

}  // namespace terrarium
