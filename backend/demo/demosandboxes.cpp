// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/demo/demosandboxes.h"

#include <algorithm>
#include <array>

#include "backend/demo/demoquery.h"

namespace terrarium {

namespace {

using State = SandboxState;

constexpr std::array<std::string_view, 3> kKnownSecrets{"openai-main", "github-bot", "stripe-test"};

std::vector<DemoStage> createStages() {
  return {{"Checking the template"}, {"Copying memory"}, {"Preparing the disk"},
          {"Starting the machine"},  {"Loading state"},  {"Waking the guest agent"}};
}
std::vector<DemoStage> pauseStages() { return {{"Stopping"}, {"Saving device state"}, {"Making it durable"}}; }
std::vector<DemoStage> resumeStages() { return {{"Copying memory"}, {"Starting the machine"}, {"Loading state"}}; }
std::vector<DemoStage> removeStages() { return {{"Ending the machine"}}; }

Failure unknownSandbox() { return failure(ErrorCode::NotFound, "Sandbox not found"); }

Failure refused(const SandboxInfo& info, const char* what) {
  return failure(ErrorCode::Conflict, info.name.value() + " is " + std::string(phaseName(info.state)) + ": " + what);
}

bool inTransition(State state) { return state == State::Starting || state == State::Pausing || state == State::Resuming; }

template <class T>
std::function<void(const std::optional<Error>&)> answering(const Resolver<T>& resolver, std::function<T()> value) {
  return [resolver, value = std::move(value)](const std::optional<Error>& error) {
    resolver.resolve(error ? Result<T>(failure(*error)) : Result<T>(value()));
  };
}

std::function<void(const std::optional<Error>&)> answering(const Resolver<void>& resolver) {
  return
      [resolver](const std::optional<Error>& error) { resolver.resolve(error ? Result<void>(failure(*error)) : Result<void>()); };
}

/// `info` comes with what it is made from.
SandboxInfo completed(SandboxInfo info, const SandboxSpec& spec, WallTime now) {
  info.createdAt = now;
  info.timeout = spec.timeout();
  info.autoDelete = spec.autoDelete();
  info.egress = spec.egress();
  info.metadata = spec.metadata();
  info.previews = PreviewSettings(spec.previewAccess());
  info.emulated = true;
  for (const auto& [key, secretName] : spec.secrets().entries()) info.secrets.push_back({key, secretName, false});
  return info;
}

}  // namespace

DemoSandboxes::DemoSandboxes(const DemoOptions& options, const Clock& clock, Events& events, DemoTemplates& templates,
                             DemoActivity& activity)
    : options_(options), clock_(clock), events_(events), templates_(templates), activity_(activity) {
  expiry_.setInterval(std::chrono::milliseconds(100));
  connect(&expiry_, &QTimer::timeout, this, &DemoSandboxes::removeExpired);
  expiry_.start();
}

Result<SandboxInfo> DemoSandboxes::snapshotSource(const SandboxSpec& spec) const {
  SandboxInfo info{SandboxId::random(), spec.name(), State::Starting, {}, {}};
  info.sourceSnapshotId = spec.fromSnapshot()->value();
  if (const auto named = snapshots_.find(*spec.fromSnapshot()); named != snapshots_.end()) {
    info.templateId = named->second.templateId;
    info.templateName = named->second.templateName;
    info.size = named->second.size;
    return info;
  }
  for (const auto& [id, entry] : entries_) {
    if (entry.info.snapshotId != info.sourceSnapshotId) continue;
    info.templateId = entry.info.templateId;
    info.templateName = entry.info.templateName;
    info.size = entry.info.size;
    return info;
  }
  return failure(Error{ErrorCode::NotFound, "There is no snapshot " + info.sourceSnapshotId + ".", {}, "from_snapshot"});
}

Result<SandboxInfo> DemoSandboxes::source(const SandboxSpec& spec) const {
  for (const auto& [key, secretName] : spec.secrets().entries()) {
    if (std::find(kKnownSecrets.begin(), kKnownSecrets.end(), secretName) != kKnownSecrets.end()) continue;
    return failure(Error{ErrorCode::UnknownReference, "There is no secret " + secretName + ".", {}, "secrets." + key});
  }
  if (spec.fromSnapshot()) return snapshotSource(spec);
  const auto* from = templates_.find(spec.fromTemplate());
  if (from == nullptr) {
    return failure(Error{ErrorCode::NotFound, "There is no template " + spec.fromTemplate().value() + ".", {}, "from_template"});
  }
  if (from->status != TemplateStatus::Ready) {
    return failure(Error{ErrorCode::Conflict,
                         "template is not ready (status=" + std::string(templateStatusName(from->status)) + ")",
                         {},
                         "from_template"});
  }
  SandboxInfo info{SandboxId::random(), spec.name(), State::Starting, from->id, from->name};
  info.size = from->size;
  return info;
}

Pending<SandboxInfo> DemoSandboxes::create(const SandboxSpec& spec, const OperationId& operation) {
  const auto from = source(spec);
  if (!from) return settled<SandboxInfo>(failure(from.error()));
  Entry entry{completed(*from, spec, clock_.now()), spec.envVars().entries(), ++created_};
  const auto id = entry.info.id;
  auto& kept = entries_.emplace(id, std::move(entry)).first->second;
  Resolver<SandboxInfo> resolver;
  run(kept, OperationKind::Create, operation, createStages(), SandboxEvent::Started,
      answering<SandboxInfo>(resolver, [&kept] { return kept.info; }));
  running_.at(id).cancellable = true;
  emit events_.sandboxChanged(kept.info);
  return resolver.pending();
}

Pending<void> DemoSandboxes::cancel(const OperationId& operation) {
  for (const auto& [id, running] : running_) {
    if (!running.cancellable || running.operation->id() != operation) continue;
    const auto cancelled = id;
    abandon(cancelled, Error{ErrorCode::Cancelled, "The create was cancelled.", {}, {}});
    apply(entries_.at(cancelled), SandboxEvent::DeleteRequested);
    forget(cancelled);
    return settled<void>(Result<void>());
  }
  return settled<void>(failure(ErrorCode::NotFound, "No such operation is running; it may have finished."));
}

Pending<SandboxPage> DemoSandboxes::list(const SandboxQuery& query) {
  std::vector<const Entry*> all;
  for (const auto& [id, entry] : entries_) all.push_back(&entry);
  std::sort(all.begin(), all.end(), [](const Entry* a, const Entry* b) { return a->order < b->order; });
  std::vector<SandboxInfo> infos;
  infos.reserve(all.size());
  for (const auto* entry : all) infos.push_back(entry->info);
  return settled<SandboxPage>(pageOf(std::move(infos), query));
}

Pending<SandboxInfo> DemoSandboxes::get(const SandboxId& id) {
  const auto found = entries_.find(id);
  if (found == entries_.end()) return settled<SandboxInfo>(unknownSandbox());
  return settled<SandboxInfo>(Result<SandboxInfo>(found->second.info));
}

Pending<void> DemoSandboxes::update(const SandboxId& id, const SandboxPatch& patch) {
  const auto found = entries_.find(id);
  if (found == entries_.end()) return settled<void>(unknownSandbox());
  auto& info = found->second.info;
  if (!isAllowed(SandboxAction::UpdateMetadata, info.state)) return settled<void>(refused(info, "it can no longer be changed."));
  if (patch.egress() && !isAllowed(SandboxAction::UpdateNetwork, info.state)) {
    return settled<void>(failure(ErrorCode::Conflict, "Sandbox must be active to update network config"));
  }
  const auto now = clock_.now();
  if (patch.timeout() && *patch.timeout() && info.createdAt + (*patch.timeout())->value() <= now) {
    return settled<void>(failure(
        badRequest("timeout_seconds",
                   "timeout_seconds would destroy it now, because it counts from creation: delete it instead, or give more.")));
  }
  if (patch.metadata()) info.metadata = *patch.metadata();
  if (patch.egress()) info.egress = *patch.egress();
  if (patch.previewAccess()) info.previews.setAccess(*patch.previewAccess());
  if (patch.timeout()) info.timeout = *patch.timeout();
  if (patch.autoDelete()) {
    info.autoDelete = *patch.autoDelete();
    if (info.state == State::Paused) info.pausedAt = now;  // the countdown starts with the change
  }
  for (auto& entry : activityOf(info, patch)) activity_.record(std::move(entry));
  emit events_.sandboxChanged(info);
  return settled<void>(Result<void>());
}

PreviewSettings* DemoSandboxes::previewsOf(const SandboxId& id) {
  const auto found = entries_.find(id);
  return found == entries_.end() ? nullptr : &found->second.info.previews;
}

Pending<void> DemoSandboxes::pause(const SandboxId& id) {
  const auto found = entries_.find(id);
  if (found == entries_.end()) return settled<void>(unknownSandbox());
  auto& entry = found->second;
  if (!isAllowed(SandboxAction::Pause, entry.info.state)) {
    return settled<void>(refused(entry.info, "only an active sandbox can be paused."));
  }
  Resolver<void> resolver;
  apply(entry, SandboxEvent::PauseRequested);
  run(entry, OperationKind::Pause, {}, pauseStages(), SandboxEvent::Paused, answering(resolver));
  return resolver.pending();
}

Pending<SandboxInfo> DemoSandboxes::resume(const SandboxId& id) {
  const auto found = entries_.find(id);
  if (found == entries_.end()) return settled<SandboxInfo>(unknownSandbox());
  auto& entry = found->second;
  if (!isAllowed(SandboxAction::Resume, entry.info.state)) {
    return settled<SandboxInfo>(refused(entry.info, "only a paused sandbox can be resumed."));
  }
  Resolver<SandboxInfo> resolver;
  apply(entry, SandboxEvent::ResumeRequested);
  startResume(entry, answering<SandboxInfo>(resolver, [&entry] { return entry.info; }));
  return resolver.pending();
}

Pending<SandboxInfo> DemoSandboxes::activate(const SandboxId& id) {
  Resolver<SandboxInfo> resolver;
  constexpr int kPatienceInLooks = 250;  // of 100 ms
  waitUntilSettled(id, kPatienceInLooks, resolver);
  return resolver.pending();
}

void DemoSandboxes::waitUntilSettled(const SandboxId& id, int patience, const Resolver<SandboxInfo>& resolver) {
  const auto found = entries_.find(id);
  if (found == entries_.end()) return resolver.resolve(unknownSandbox());
  const auto& info = found->second.info;
  if (info.state == State::Active) return resolver.resolve(info);
  if (info.state == State::Paused) {
    return whenDone(resume(id), this, [resolver](const Result<SandboxInfo>& result) { resolver.resolve(result); });
  }
  if (!inTransition(info.state) || patience == 0) return resolver.resolve(refused(info, "it cannot be activated."));
  QTimer::singleShot(std::chrono::milliseconds(100), this,
                     [this, id, patience, resolver] { waitUntilSettled(id, patience - 1, resolver); });
}

Pending<void> DemoSandboxes::remove(const SandboxId& id) {
  const auto found = entries_.find(id);
  if (found == entries_.end()) return settled<void>(unknownSandbox());
  auto& entry = found->second;
  if (!isAllowed(SandboxAction::Delete, entry.info.state)) {
    return settled<void>(refused(entry.info, "wait until that is done, then delete it."));
  }
  Resolver<void> resolver;
  startRemove(entry, answering(resolver));
  return resolver.pending();
}

Pending<std::vector<SandboxInfo>> DemoSandboxes::fork(const SandboxId& id, const ForkSpec& spec, const OperationId& operation) {
  using Clones = std::vector<SandboxInfo>;
  const auto found = entries_.find(id);
  if (found == entries_.end()) return settled<Clones>(unknownSandbox());
  const auto source = found->second;
  if (!isAllowed(SandboxAction::Fork, source.info.state)) {
    return settled<Clones>(refused(source.info, "only an active or paused sandbox can be forked."));
  }
  Resolver<Clones> resolver;
  const auto names = spec.namesFor(source.info.name);
  const auto made = std::make_shared<std::vector<SandboxId>>();
  const auto left = std::make_shared<std::size_t>(names.size());
  for (const auto& name : names) {
    Entry clone{source.info, source.env, ++created_};
    clone.info.id = SandboxId::random();
    clone.info.name = name;
    clone.info.state = State::Starting;
    clone.info.createdAt = clock_.now();
    clone.info.pausedAt.reset();
    clone.info.snapshotId.clear();
    clone.info.snapshotAt.reset();
    made->push_back(clone.info.id);
    auto& kept = entries_.emplace(clone.info.id, std::move(clone)).first->second;
    run(kept, OperationKind::Fork, made->size() == 1 ? operation : OperationId(), createStages(), SandboxEvent::Started,
        [this, made, left, resolver](const std::optional<Error>& error) {
          if (error) return resolver.resolve(failure(*error));
          if (--*left > 0) return;
          Clones clones;
          for (const auto& one : *made) clones.push_back(entries_.at(one).info);
          resolver.resolve(std::move(clones));
        });
    emit events_.sandboxChanged(kept.info);
  }
  return resolver.pending();
}

std::optional<SandboxInfo> DemoSandboxes::find(const SandboxId& id) const {
  const auto found = entries_.find(id);
  if (found == entries_.end()) return std::nullopt;
  return found->second.info;
}

Result<const DemoSandboxes::Entry*> DemoSandboxes::requireActive(const SandboxId& id) const {
  const auto found = entries_.find(id);
  if (found == entries_.end()) return unknownSandbox();
  const auto& info = found->second.info;
  if (info.state == State::Active) return &found->second;
  const auto message = "sandbox is " + std::string(phaseName(info.state));
  return failure(inTransition(info.state) ? ErrorCode::Unavailable : ErrorCode::NotRunning, message);
}

std::vector<const DemoSandboxes::Entry*> DemoSandboxes::activeOnes() const {
  std::vector<const Entry*> found;
  for (const auto& [id, entry] : entries_) {
    if (entry.info.state == State::Active) found.push_back(&entry);
  }
  return found;
}

void DemoSandboxes::adopt(Entry entry) {
  entry.order = ++created_;
  const auto id = entry.info.id;
  auto& kept = entries_.insert_or_assign(id, std::move(entry)).first->second;
  constexpr int kLongEnoughToBeSeen = 80;
  if (kept.info.state == State::Resuming) startResume(kept, {}, kLongEnoughToBeSeen);
}

void DemoSandboxes::run(Entry& entry, OperationKind kind, OperationId operation, std::vector<DemoStage> stages,
                        SandboxEvent success, Settle settle, int slowness) {
  OperationProgress head;
  head.operation = operation.empty() ? randomUuid() : std::move(operation);
  head.kind = kind;
  head.subjectId = entry.info.id.value();
  head.subjectName = entry.info.name.value();
  auto& running = running_[entry.info.id];
  running.settle = std::move(settle);
  running.cancellable = false;
  running.operation =
      std::make_unique<DemoOperation>(std::move(head), std::move(stages), options_.stage * slowness, events_, nullptr);
  connect(running.operation.get(), &DemoOperation::done, this, [this, id = entry.info.id, success] { finish(id, success); });
}

void DemoSandboxes::startResume(Entry& entry, Settle settle, int slowness) {
  run(entry, OperationKind::Resume, {}, resumeStages(), SandboxEvent::Resumed, std::move(settle), slowness);
}

void DemoSandboxes::startRemove(Entry& entry, Settle settle) {
  abandon(entry.info.id, Error{ErrorCode::NotFound, "The sandbox was deleted meanwhile.", {}, {}});
  apply(entry, SandboxEvent::DeleteRequested);
  run(entry, OperationKind::Delete, {}, removeStages(), SandboxEvent::Deleted, std::move(settle));
}

void DemoSandboxes::finish(const SandboxId& id, SandboxEvent success) {
  auto running = running_.extract(id);
  auto& entry = entries_.at(id);
  const auto gone = success == SandboxEvent::Deleted;
  if (gone) {
    forget(id);
  } else {
    apply(entry, success);
  }
  running.mapped().operation->end({});
  if (running.mapped().settle) running.mapped().settle({});
  retire(std::move(running.mapped().operation));
  if (!gone && entry.info.state == State::Paused) removeExpired();
}

void DemoSandboxes::abandon(const SandboxId& id, const Error& error) {
  auto running = running_.extract(id);
  if (running.empty()) return;
  running.mapped().operation->end(error);
  if (running.mapped().settle) running.mapped().settle(error);
  retire(std::move(running.mapped().operation));
}

void DemoSandboxes::apply(Entry& entry, SandboxEvent event) {
  const auto state = next(entry.info.state, event);
  if (!state) return;
  entry.info.state = *state;
  if (event == SandboxEvent::Paused) {
    entry.info.pausedAt = clock_.now();
    entry.info.snapshotId = randomUuid();
    entry.info.snapshotAt = entry.info.pausedAt;
  }
  if (event == SandboxEvent::Resumed) entry.info.pausedAt.reset();
  emit events_.sandboxChanged(entry.info);
}

void DemoSandboxes::forget(const SandboxId& id) {
  const auto gone = entries_.extract(id);  // the argument may belong to it
  emit events_.sandboxRemoved(gone.key());
}

void DemoSandboxes::removeExpired() {
  const auto now = clock_.now();
  std::vector<SandboxId> expired;
  for (const auto& [id, entry] : entries_) {
    const auto deadline = entry.info.deadline();
    const auto autoDelete = entry.info.autoDeleteAt();
    const auto over = (deadline && *deadline <= now) || (autoDelete && *autoDelete <= now);
    if (over && next(entry.info.state, SandboxEvent::DeleteRequested)) expired.push_back(id);
  }
  for (const auto& id : expired) startRemove(entries_.at(id), {});
}

}  // namespace terrarium
