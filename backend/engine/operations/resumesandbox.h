// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "backend/engine/operations/wakingoperation.h"

namespace terrarium {

/// A paused sandbox runs again, in a new machine on a copy of its snapshot. When it fails, it is paused as before and says why.
class ResumeSandbox : public WakingOperation {
  Q_OBJECT
 public:
  ResumeSandbox(EngineParts& parts, const SandboxInfo& info);

  void begin() override;
  [[nodiscard]] Pending<SandboxInfo> result() const { return result_.pending(); }

 protected:
  // In this order, with those of WakingOperation between them:
  void claim();
  void awake(const WorkingFiles& files) override;

  void answer(const std::optional<Error>& error) override;

 private:
  void undoClaim();

  SandboxId id_;
  std::optional<SandboxInfo> info_;
  Resolver<SandboxInfo> result_;
};

}  // namespace terrarium
