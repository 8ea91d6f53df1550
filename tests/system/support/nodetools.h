// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QProcessEnvironment>
#include <QString>

namespace terrarium {

/// Node.js and the npm packages that tests/system/sdk/package-lock.json pins, kept beside the images between test runs. The Node.js
/// is that of the template superserve/node-22. Blocks; for system tests only.
class NodeTools {
 public:
  explicit NodeTools(const QString& cache);

  /// Fetches what is missing; empty when all is there, else what was said.
  [[nodiscard]] QByteArray install();
  [[nodiscard]] QString binFolder() const { return folder_ + QStringLiteral("/node/bin"); }
  /// Copies the programs of tests/system/sdk to `target`, where they find the packages; empty when that went well.
  [[nodiscard]] QByteArray placePrograms(const QString& target) const;

 private:
  [[nodiscard]] QByteArray installInto(const QString& target) const;
  QString folder_;
};

/// A program that has ended.
struct Ended {
  int exitCode = -1;
  QByteArray out;
  QByteArray err;
};
[[nodiscard]] Ended runProgram(const QString& program, const QStringList& arguments, const QProcessEnvironment& environment,
                               const QString& folder, int limitMs);

}  // namespace terrarium
