// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/engine/operations/forksandbox.h"

#include <algorithm>

#include "backend/engine/operations/clonesandbox.h"
#include "backend/engine/operations/deletesandbox.h"
#include "backend/engine/operations/forall.h"

namespace terrarium {

namespace {
constexpr std::size_t kAtOnce = 4;
}

ForkSandbox::ForkSandbox(EngineParts& parts, OperationRunner& runner, const OperationId& operation, const SandboxRecord& source,
                         const ForkSpec& spec)
    : SavingOperation({operation, OperationKind::Fork, source.info.id.value(), source.info.name.value(), kStages + 2}, parts,
                      source.info.id),
      runner_(runner),
      source_(source),
      spec_(spec) {}

void ForkSandbox::begin() {
  if (parts_.lifecycle.count() + static_cast<std::size_t>(spec_.count()) > parts_.config.maxSandboxes) {
    return fail(Error{ErrorCode::TooManySandboxes,
                      "So many clones would exceed the limit of " + std::to_string(parts_.config.maxSandboxes) + " sandboxes.",
                      {},
                      "count"});
  }
  if (source_.info.state == SandboxState::Active) {
    snapshotId_ = randomUuid();
    return save(snapshotId_);
  }
  snapshotId_ = source_.info.snapshotId;
  heldSnapshot_ = parts_.holds.hold(snapshotId_);
  makeClones();
}

void ForkSandbox::saved() { makeClones(); }

void ForkSandbox::makeClones() {
  if (!enter("Making the clones")) return;
  undoWith([this] { return removeClones(); });
  const auto made = forAll<SandboxName>(this, spec_.namesFor(source_.info.name), kAtOnce,
                                        [this](const SandboxName& name) { return makeOne(name); });
  await(made, [this] { finish(); });
}

Pending<void> ForkSandbox::makeOne(const SandboxName& name) {
  Resolver<void> done;
  auto clone = std::make_unique<CloneSandbox>(parts_, source_, name, snapshotId_);
  const auto result = clone->result();
  runner_.start(std::move(clone));
  whenDone(result, this, [this, done](const Result<SandboxInfo>& info) {
    if (!info) return done.resolve(failure(info.error()));
    clones_.push_back(*info);
    done.resolve({});
  });
  return done.pending();
}

Pending<void> ForkSandbox::removeClones() {
  return forAll<SandboxInfo>(this, clones_, kAtOnce, [this](const SandboxInfo& clone) {
    auto remove = std::make_unique<DeleteSandbox>(parts_, clone);
    const auto removed = remove->result();
    runner_.start(std::move(remove));
    return removed;
  });
}

void ForkSandbox::finish() {
  if (!enter("Finishing")) return;
  closeToCancel();
  commit();
  const auto removed = source_.info.state == SandboxState::Active ? parts_.snapshots.remove(snapshotId_) : settled<void>({});
  // A set that resists is swept at the next start.
  whenDone(removed, this, [this](const Result<void>&) { succeed(); });
}

void ForkSandbox::answer(const std::optional<Error>& error) {
  heldSnapshot_.reset();
  if (error) return result_.resolve(failure(*error));
  // As they were numbered, not as they were ready.
  std::sort(clones_.begin(), clones_.end(), [](const auto& a, const auto& b) {
    const auto& one = a.name.value();
    const auto& other = b.name.value();
    return one.size() != other.size() ? one.size() < other.size() : one < other;
  });
  result_.resolve(clones_);
}

}  // namespace terrarium
