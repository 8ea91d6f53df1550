// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/system/support/caseresults.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace terrarium {

CaseResults::CaseResults(const QByteArray& output) {
  for (const auto& line : output.split('\n')) {
    const auto object = QJsonDocument::fromJson(line).object();
    for (const auto& name : object.value(QLatin1String("cases")).toArray()) names_ << name.toString();
    const auto name = object.value(QLatin1String("name")).toString();
    if (name.isEmpty()) continue;
    const auto problem = object.value(QLatin1String("problem")).toString(QStringLiteral("failed without a word"));
    problems_.insert(name, object.value(QLatin1String("ok")).toBool() ? QByteArray() : problem.toUtf8());
  }
}

QByteArray CaseResults::problem(const QString& name) const {
  return problems_.value(name, "there is no result: the program ended before");
}

}  // namespace terrarium
