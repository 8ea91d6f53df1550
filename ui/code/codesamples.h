// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>

#include "backend/domain/sandboxinfo.h"
#include "backend/domain/sandboxspec.h"
#include "ui/connections/engineconnection.h"

namespace terrarium {

enum class CodeLanguage { Curl, TypeScript, Python, CommandLine };

/// The text that does from code what the window does, for one connection: using a sandbox that exists, or creating what a form
/// holds. Pure. No key stands in it: it comes from the environment.
class CodeSamples {
 public:
  explicit CodeSamples(EngineConnection connection) : connection_(std::move(connection)) {}

  /// What a shell runs first, so that programs find this connection.
  [[nodiscard]] QString environment() const;
  /// What is to be known before a program is started, in plain words.
  [[nodiscard]] QString warning() const;
  [[nodiscard]] QString useSandbox(CodeLanguage language, const SandboxId& id) const;
  [[nodiscard]] QString createSandbox(CodeLanguage language, const SandboxRequest& request) const;

 private:
  [[nodiscard]] QString address() const;
  [[nodiscard]] QString commandLine() const;
  [[nodiscard]] QString createByCommandLine(const SandboxRequest& request) const;
  EngineConnection connection_;
};

}  // namespace terrarium
