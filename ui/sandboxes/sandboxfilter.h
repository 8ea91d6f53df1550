// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>
#include <QStringList>
#include <vector>

#include "backend/domain/sandboxinfo.h"

namespace terrarium {

/// What the filter box says: words that must occur in name, template, tags or state, and terms `state:active`, `template:base`,
/// `tag:key=value`, `tag:key`, `meta.key:value`, `name:part`; `not` or a leading minus turns the next one round. Pure.
class SandboxFilter {
 public:
  SandboxFilter() = default;
  [[nodiscard]] static SandboxFilter parse(const QString& text);
  [[nodiscard]] bool matches(const SandboxInfo& info) const;
  [[nodiscard]] bool isEmpty() const { return terms_.empty(); }

 private:
  struct Term {
    enum class Kind { Anything, Name, State, Template, Tag } kind = Kind::Anything;
    QString key;
    QString value;
    bool negated = false;
  };
  [[nodiscard]] static Term parseTerm(QString word);
  [[nodiscard]] static bool holds(const Term& term, const SandboxInfo& info);
  std::vector<Term> terms_;
};

}  // namespace terrarium
