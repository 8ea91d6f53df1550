// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QMap>
#include <QString>
#include <QStringList>

namespace terrarium {

/// What a program of tests/system/sdk said about its cases, one JSON line each. A case without a result counts as failed.
class CaseResults {
 public:
  explicit CaseResults(const QByteArray& output);
  [[nodiscard]] const QStringList& names() const { return names_; }
  /// Empty when the case passed.
  [[nodiscard]] QByteArray problem(const QString& name) const;

 private:
  QStringList names_;
  QMap<QString, QByteArray> problems_;
};

}  // namespace terrarium
