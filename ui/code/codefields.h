// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>

#include "backend/domain/sandboxspec.h"

namespace terrarium {

/// The fields of a create request as an argument in three notations; fields that are not set are left out. Pure.
class CodeFields {
 public:
  explicit CodeFields(const SandboxRequest& request) : request_(request) {}
  [[nodiscard]] bool hasNetwork() const { return !request_.allowOut.empty() || !request_.denyOut.empty(); }
  [[nodiscard]] QString json() const;
  [[nodiscard]] QString typeScript() const;
  [[nodiscard]] QString python() const;

 private:
  enum class Notation { Json, TypeScript, Python };
  [[nodiscard]] QString name(Notation notation, const char* snake, const char* camel) const;
  [[nodiscard]] QStringList lines(Notation notation) const;
  [[nodiscard]] QString network(Notation notation) const;
  const SandboxRequest& request_;
};

}  // namespace terrarium
