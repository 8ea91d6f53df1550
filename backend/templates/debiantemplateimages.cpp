// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/templates/debiantemplateimages.h"

#include "backend/templates/debianimagebuild.h"
#include "backend/templates/imagehash.h"
#include "backend/templates/kernellookup.h"

namespace terrarium {

DebianTemplateImages::DebianTemplateImages(TemplateImagesSetup setup)
    : setup_(std::move(setup)),
      definitions_(setup_.definitionsDirectory),
      cache_(setup_.cacheDirectory),
      kernel_(std::make_unique<KernelLookup>(cache_)) {}

DebianTemplateImages::~DebianTemplateImages() = default;

std::vector<TemplateDefinition> DebianTemplateImages::systemTemplates() const {
  std::vector<TemplateDefinition> definitions;
  for (const auto& recipe : definitions_.recipes()) definitions.push_back(recipe.definition);
  return definitions;
}

Pending<std::string> DebianTemplateImages::currentHash(const TemplateDefinition& definition) {
  auto recipe = definitions_.recipe(definition.name);
  if (!recipe) return settled<std::string>(failure(recipe.error()));
  Resolver<std::string> answer;
  const auto script = setup_.definitionsDirectory + QStringLiteral("/assemble.sh");
  whenDone(kernel_->current(), kernel_.get(),
           [answer, recipe = *recipe, agent = setup_.agentBinary, script](const Result<KernelPackage>& kernel) {
             answer.resolve(kernel ? ImageHash::of(recipe, *kernel, agent, script) : Result<std::string>(failure(kernel.error())));
           });
  return answer.pending();
}

std::unique_ptr<ImageBuild> DebianTemplateImages::make(const TemplateDefinition& definition) {
  return std::make_unique<DebianImageBuild>(definitions_.recipe(definition.name), setup_, *kernel_);
}

}  // namespace terrarium
