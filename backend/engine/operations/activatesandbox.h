// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QObject>
#include <QTimer>

#include "backend/engine/engineparts.h"
#include "backend/engine/operations/operationrunner.h"

namespace terrarium {

/// Makes a sandbox active whatever it is doing: waits out a transition, resumes it when it is paused. Deletes itself when it has
/// answered. Engine thread.
class ActivateSandbox : public QObject {
  Q_OBJECT
 public:
  ActivateSandbox(EngineParts& parts, OperationRunner& runner, const SandboxId& id, QObject* owner);

  void begin();
  [[nodiscard]] Pending<SandboxInfo> result() const { return result_.pending(); }

 private:
  void look();
  void resume(const SandboxInfo& info);
  void answer(const Result<SandboxInfo>& result);

  EngineParts& parts_;
  OperationRunner& runner_;
  SandboxId id_;
  QTimer limit_;
  bool resuming_ = false;
  bool answered_ = false;
  Resolver<SandboxInfo> result_;
};

}  // namespace terrarium
