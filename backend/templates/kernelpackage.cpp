// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/templates/kernelpackage.h"

#include <QRegularExpression>

namespace terrarium {

Result<KernelPackage> KernelPackage::fromAptCache(const QString& output) {
  static const QRegularExpression depends(QStringLiteral("^Depends: (linux-image-[a-z0-9.+-]+) \\(= ([^)\\s]+)\\)"),
                                          QRegularExpression::MultilineOption);
  const auto match = depends.match(output);
  if (match.hasMatch()) return KernelPackage{match.captured(1), match.captured(2)};
  return failure(ErrorCode::Unavailable,
                 "This machine's package lists do not name Debian's cloud kernel. Fetch them with: sudo apt-get update",
                 output.left(400).toStdString());
}

KernelPackage KernelPackage::fromFolderName(const QString& folder) {
  return {folder.section(QLatin1Char('_'), 0, 0), folder.section(QLatin1Char('_'), 1)};
}

}  // namespace terrarium
