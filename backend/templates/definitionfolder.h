// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>
#include <optional>
#include <vector>

#include "backend/templates/imagerecipe.h"

namespace terrarium {

/// The system templates that a folder of definition files describes. A damaged file leaves the others usable: its problem is kept
/// and told to whoever asks for a template that is not there.
class DefinitionFolder {
 public:
  explicit DefinitionFolder(const QString& path);

  [[nodiscard]] const std::vector<ImageRecipe>& recipes() const { return recipes_; }
  [[nodiscard]] Result<ImageRecipe> recipe(const std::string& name) const;
  [[nodiscard]] const std::optional<Error>& problem() const { return problem_; }

 private:
  void note(Error error);
  std::vector<ImageRecipe> recipes_;
  std::optional<Error> problem_;
};

}  // namespace terrarium
