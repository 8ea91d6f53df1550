// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QJsonObject>
#include <QString>
#include <optional>

#include "backend/templates/imagerecipe.h"

namespace terrarium {

/// Reads one template definition (JSON). Strict: an unknown key, a missing one or a wrong type is an error that names the file and
/// the key, so that a typo never becomes a silently different template.
class DefinitionFile {
 public:
  [[nodiscard]] static Result<DefinitionFile> parse(const QByteArray& json, const QString& fileName);

  [[nodiscard]] QString name() const;
  /// The template whose suite, packages, size and account this one takes over; empty for none.
  [[nodiscard]] QString from() const;
  /// `base` must be what from() names; absent when from() is empty.
  [[nodiscard]] Result<ImageRecipe> recipe(const std::optional<ImageRecipe>& base) const;

 private:
  DefinitionFile(QJsonObject root, QString fileName);
  QJsonObject root_;
  QString fileName_;
};

}  // namespace terrarium
