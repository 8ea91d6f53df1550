// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/templates/definitionfolder.h"

#include <QDir>
#include <QFile>
#include <algorithm>

#include "backend/templates/definitionfile.h"

namespace terrarium {

namespace {

Result<DefinitionFile> readFile(const QString& path) {
  QFile file(path);
  if (!file.open(QIODevice::ReadOnly)) {
    return failure(ErrorCode::FileSystem, (path + QStringLiteral(" cannot be read. Check its permissions.")).toStdString(),
                   file.errorString().toStdString());
  }
  return DefinitionFile::parse(file.readAll(), QFileInfo(path).fileName());
}

}  // namespace

DefinitionFolder::DefinitionFolder(const QString& path) {
  const QDir folder(path);
  std::vector<DefinitionFile> derived;
  for (const auto& entry : folder.entryList({QStringLiteral("*.json")}, QDir::Files, QDir::Name)) {
    auto file = readFile(folder.filePath(entry));
    if (!file) {
      note(file.error());
    } else if (!file->from().isEmpty()) {
      derived.push_back(std::move(*file));
    } else if (auto made = file->recipe(std::nullopt)) {
      recipes_.push_back(std::move(*made));
    } else {
      note(made.error());
    }
  }
  for (const auto& file : derived) {
    auto base = recipe(file.from().toStdString());
    auto made = base ? file.recipe(*base) : Result<ImageRecipe>(failure(base.error()));
    made ? recipes_.push_back(std::move(*made)) : note(made.error());
  }
  if (recipes_.empty() && !problem_) {
    note(
        {ErrorCode::FileSystem, "There is no template definition in " + path.toStdString() + ". Install Terrarium again.", {}, {}});
  }
}

Result<ImageRecipe> DefinitionFolder::recipe(const std::string& name) const {
  const auto found =
      std::find_if(recipes_.begin(), recipes_.end(), [&](const ImageRecipe& each) { return each.definition.name == name; });
  if (found != recipes_.end()) return *found;
  if (problem_) return failure(*problem_);
  return failure(ErrorCode::NotFound, "There is no definition of the template " + name + ".");
}

void DefinitionFolder::note(Error error) {
  if (!problem_) problem_ = std::move(error);
}

}  // namespace terrarium
