// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "backend/domain/previewport.h"

namespace terrarium {

/// Who may see previews: everybody who reaches this machine's loopback, or whoever has a token.
enum class PreviewAccess { Public, Private };

/// "public", "private".
[[nodiscard]] std::string_view previewAccessName(PreviewAccess access);
/// The error names the field "preview_access".
[[nodiscard]] Result<PreviewAccess> parsePreviewAccess(std::string_view name);

/// A port with a rule of its own.
struct PublishedPort {
  PreviewPort port;
  PreviewAccess access = PreviewAccess::Public;
  std::int64_t tokenVersion = 1;  ///< tokens of other versions are void
  bool operator==(const PublishedPort&) const = default;
};

/// Which ports of a sandbox may be previewed and by whom. A public sandbox shows every port, except those published as private; a
/// private one shows published ports only.
class PreviewSettings {
 public:
  static constexpr std::size_t kMaxPorts = 64;

  explicit PreviewSettings(PreviewAccess access = PreviewAccess::Public) : access_(access) {}
  /// As it was kept.
  [[nodiscard]] static Result<PreviewSettings> restore(PreviewAccess access, std::vector<PublishedPort> ports,
                                                       std::int64_t lastVersion);

  [[nodiscard]] PreviewAccess access() const { return access_; }
  [[nodiscard]] const std::vector<PublishedPort>& ports() const { return ports_; }
  /// Of the newest token version; versions are never given twice, so what was unpublished stays void.
  [[nodiscard]] std::int64_t lastVersion() const { return lastVersion_; }
  [[nodiscard]] const PublishedPort* find(int port) const;
  /// Who may see that port; nothing: nobody, it is not published.
  [[nodiscard]] std::optional<PreviewAccess> accessTo(int port) const;

  void setAccess(PreviewAccess access) { access_ = access; }
  /// Without `access` a known port keeps its own and a new one takes the sandbox's.
  [[nodiscard]] Result<PublishedPort> publish(PreviewPort port, std::optional<PreviewAccess> access);
  void unpublish(PreviewPort port);
  /// Voids the tokens of a published port. NotFound when it is not.
  [[nodiscard]] Result<PublishedPort> rotate(PreviewPort port);

  bool operator==(const PreviewSettings&) const = default;

 private:
  PreviewAccess access_;
  std::vector<PublishedPort> ports_;  ///< by number
  std::int64_t lastVersion_ = 0;
};

/// "Port … is not published."
[[nodiscard]] Error notPublished(PreviewPort port);

}  // namespace terrarium
