// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "backend/engine/ports/templateimages.h"
#include "tests/support/callscript.h"

namespace terrarium {

/// Images without bytes. Calls: "images.make" (held: the build goes on until released), "images.currentHash".
class FakeTemplateImages : public TemplateImages {
 public:
  explicit FakeTemplateImages(CallScript& script);

  [[nodiscard]] std::vector<TemplateDefinition> systemTemplates() const override { return definitions; }
  Pending<std::string> currentHash(const TemplateDefinition& definition) override;
  [[nodiscard]] std::unique_ptr<ImageBuild> make(const TemplateDefinition& definition) override;

  std::vector<TemplateDefinition> definitions;
  std::string hash = "hash-1";

 private:
  CallScript& script_;
};

}  // namespace terrarium
