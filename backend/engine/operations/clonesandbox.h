// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "backend/engine/operations/newsandboxoperation.h"

namespace terrarium {

/// One clone of a fork: everything that was said of the source, under a new identity and name. Its lifetime counts from now.
class CloneSandbox : public NewSandboxOperation {
  Q_OBJECT
 public:
  CloneSandbox(EngineParts& parts, const SandboxRecord& source, const SandboxName& name, const std::string& snapshotId);

  void begin() override;

 private:
  SandboxRecord source_;
  SandboxName name_;
  std::string snapshotId_;
};

}  // namespace terrarium
