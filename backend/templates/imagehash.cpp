// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/templates/imagehash.h"

#include <QCryptographicHash>
#include <QFile>

namespace terrarium {

namespace {

// Change it when the same parts are put together in another way.
constexpr auto kImageFormat = "terrarium image 1";

Result<QByteArray> hashOfFile(const QString& path, const char* what) {
  QFile file(path);
  QCryptographicHash hash(QCryptographicHash::Sha256);
  if (file.open(QIODevice::ReadOnly) && hash.addData(&file)) return hash.result();
  return failure(ErrorCode::FileSystem,
                 std::string(what) + " is missing: " + path.toStdString() + ". Build or install Terrarium again.",
                 file.errorString().toStdString());
}

}  // namespace

Result<std::string> ImageHash::of(const ImageRecipe& recipe, const KernelPackage& kernel, const QString& agent,
                                  const QString& script) {
  const auto agentHash = hashOfFile(agent, "The guest agent");
  if (!agentHash) return failure(agentHash.error());
  const auto scriptHash = hashOfFile(script, "A file of the template definitions");
  if (!scriptHash) return failure(scriptHash.error());
  QCryptographicHash hash(QCryptographicHash::Sha256);
  for (const auto& part :
       {QByteArray(kImageFormat), recipe.definition.source, kernel.folderName().toUtf8(), *agentHash, *scriptHash}) {
    // With lengths, so that no two lists of parts run together to the same bytes.
    hash.addData(QByteArray::number(part.size()) + ':' + part);
  }
  return hash.result().toHex().toStdString();
}

}  // namespace terrarium
