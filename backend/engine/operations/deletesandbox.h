// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "backend/engine/engineparts.h"
#include "backend/engine/operations/operation.h"

namespace terrarium {

/// Takes a sandbox away for good, from whatever state it is in. Once claimed it is not undone: what a failure leaves is removed at
/// the next attempt or the next start.
class DeleteSandbox : public Operation {
  Q_OBJECT
 public:
  DeleteSandbox(EngineParts& parts, const SandboxInfo& info);

  void begin() override;
  [[nodiscard]] Pending<void> result() const { return result_.pending(); }

 protected:
  // In this order:
  void claim();
  void endMachine();
  void removeWorkDirectory();
  void removeSnapshots();
  void eraseRow();

  void answer(const std::optional<Error>& error) override;

 private:
  EngineParts& parts_;
  SandboxId id_;
  QString workDirectory_;
  std::vector<std::string> snapshots_;
  Resolver<void> result_;
};

}  // namespace terrarium
