// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/engine/operations/operationrunner.h"

#include <algorithm>
#include <utility>

namespace terrarium {

Result<void> OperationRunner::checkId(const OperationId& id) const {
  const bool taken = std::any_of(running_.begin(), running_.end(), [&](const auto& one) { return one->subject().operation == id; });
  if (taken)
    return failure(ErrorCode::Conflict, "An operation with this id is running already. Use a new UUID for each operation.");
  return {};
}

OperationId OperationRunner::idOr(const OperationId& id) { return id.empty() ? randomUuid() : id; }

void OperationRunner::start(std::unique_ptr<Operation> operation) {
  emit began();
  auto* started = operation.get();
  running_.push_back(std::move(operation));
  connect(started, &Operation::progressed, &events_, &Events::operationProgressed);
  connect(started, &Operation::ended, this, [this, started] { finished(started); });
  started->begin();
}

Pending<void> OperationRunner::cancel(const OperationId& id) {
  const auto found =
      std::find_if(running_.begin(), running_.end(), [&](const auto& one) { return one->subject().operation == id; });
  if (found == running_.end()) {
    return settled<void>(failure(ErrorCode::NotFound, "No operation with this id is running; it may have finished."));
  }
  Resolver<void> resolver;
  connect(found->get(), &Operation::ended, this, [resolver](const std::optional<Error>& error) {
    if (error) {
      resolver.resolve({});
    } else {
      resolver.resolve(failure(ErrorCode::Conflict, "It was too late to cancel: the operation has succeeded."));
    }
  });
  (*found)->cancel(cancelledByRequest());
  return resolver.pending();
}

Operation* OperationRunner::about(const std::string& subjectId) const {
  const auto found =
      std::find_if(running_.begin(), running_.end(), [&](const auto& one) { return one->subject().id == subjectId; });
  return found == running_.end() ? nullptr : found->get();
}

bool OperationRunner::runs(OperationKind kind, const std::string& subjectId) const {
  return std::any_of(running_.begin(), running_.end(),
                     [&](const auto& one) { return one->subject().kind == kind && one->subject().id == subjectId; });
}

void OperationRunner::cancelAll(OperationKind kind, const Error& why) {
  std::vector<Operation*> chosen;
  for (const auto& one : running_) {
    if (one->subject().kind == kind) chosen.push_back(one.get());
  }
  for (auto* one : chosen) one->cancel(why);
}

Pending<void> OperationRunner::idle() {
  if (running_.empty()) return settled<void>({});
  waitingForIdle_.emplace_back();
  return waitingForIdle_.back().pending();
}

void OperationRunner::finished(Operation* operation) {
  const auto found = std::find_if(running_.begin(), running_.end(), [&](const auto& one) { return one.get() == operation; });
  if (found == running_.end()) return;
  // It is still emitting.
  found->release()->deleteLater();
  running_.erase(found);
  if (!running_.empty()) return;
  emit cameToRest();
  const auto waiting = std::exchange(waitingForIdle_, {});
  for (const auto& one : waiting) one.resolve({});
}

}  // namespace terrarium
