// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>
#include <memory>

#include "backend/engine/ports/templateimages.h"
#include "backend/templates/definitionfolder.h"
#include "backend/templates/imagecache.h"

namespace terrarium {

class KernelLookup;

/// Where DebianTemplateImages finds its things.
struct TemplateImagesSetup {
  QString cacheDirectory;        ///< made when missing; may be shared by engines of one user
  QString definitionsDirectory;  ///< resources/templates: *.json and assemble.sh
  QString agentBinary;           ///< the static guest agent, becomes /init
  QString temporaryDirectory{};  ///< empty: chosen for every build, a memory file system where there is room
};

/// Makes images of Debian systems with mmdebstrap, as root or as an ordinary user with subordinate ids. Owned by the composition;
/// lives in the engine's thread and never blocks it: all work is done by external programs. Must outlive its builds.
class DebianTemplateImages final : public TemplateImages {
 public:
  explicit DebianTemplateImages(TemplateImagesSetup setup);
  ~DebianTemplateImages() override;

  [[nodiscard]] std::vector<TemplateDefinition> systemTemplates() const override;
  Pending<std::string> currentHash(const TemplateDefinition& definition) override;
  [[nodiscard]] std::unique_ptr<ImageBuild> make(const TemplateDefinition& definition) override;

  /// What is wrong with the definition files, if anything; templates of sound files can be made all the same.
  [[nodiscard]] const std::optional<Error>& definitionsProblem() const { return definitions_.problem(); }

 private:
  TemplateImagesSetup setup_;
  DefinitionFolder definitions_;
  ImageCache cache_;
  std::unique_ptr<KernelLookup> kernel_;
};

}  // namespace terrarium
