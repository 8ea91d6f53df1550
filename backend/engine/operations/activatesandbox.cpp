// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/engine/operations/activatesandbox.h"

#include "backend/engine/operations/resumesandbox.h"

namespace terrarium {

ActivateSandbox::ActivateSandbox(EngineParts& parts, OperationRunner& runner, const SandboxId& id, QObject* owner)
    : QObject(owner), parts_(parts), runner_(runner), id_(id) {
  limit_.setSingleShot(true);
  connect(&limit_, &QTimer::timeout, this, [this] {
    answer(failure(ErrorCode::Conflict, "The sandbox is still busy with what it was doing. Try again in a moment."));
  });
  connect(&parts.lifecycle, &Lifecycle::changed, this, [this](const SandboxInfo& info) {
    if (info.id == id_) look();
  });
  connect(&parts.lifecycle, &Lifecycle::removed, this, [this](const SandboxId& gone) {
    if (gone == id_) answer(failure(noSuchSandbox()));
  });
}

void ActivateSandbox::begin() {
  limit_.start(parts_.config.activateLimit);
  look();
}

void ActivateSandbox::look() {
  if (answered_ || resuming_) return;
  const auto* record = parts_.lifecycle.find(id_);
  if (!record) return answer(failure(noSuchSandbox()));
  switch (record->info.state) {
    case SandboxState::Active:
      return answer(record->info);
    case SandboxState::Paused:
      return resume(record->info);
    case SandboxState::Failed:
      return answer(failure(ErrorCode::Gone, "The sandbox has failed: " + record->info.problem));
    case SandboxState::Starting:
    case SandboxState::Pausing:
    case SandboxState::Resuming:
      return;
    case SandboxState::Deleting:
    case SandboxState::Deleted:
      return answer(failure(refused(SandboxEvent::ResumeRequested, record->info.state)));
  }
}

void ActivateSandbox::resume(const SandboxInfo& info) {
  resuming_ = true;
  auto operation = std::make_unique<ResumeSandbox>(parts_, info);
  const auto resumed = operation->result();
  runner_.start(std::move(operation));
  whenDone(resumed, this, [this](const Result<SandboxInfo>& result) {
    resuming_ = false;
    // Somebody else was faster; what they began is waited for.
    if (!result && result.error().code == ErrorCode::Conflict) {
      const auto* record = parts_.lifecycle.find(id_);
      if (record && record->info.state != SandboxState::Paused) return look();
    }
    answer(result);
  });
}

void ActivateSandbox::answer(const Result<SandboxInfo>& result) {
  if (answered_) return;
  answered_ = true;
  limit_.stop();
  result_.resolve(result);
  deleteLater();
}

}  // namespace terrarium
