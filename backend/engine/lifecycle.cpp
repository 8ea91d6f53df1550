// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/engine/lifecycle.h"

#include <QDebug>
#include <utility>

namespace terrarium {

namespace {

/// Has happened whether or not it can be written down.
bool isFact(SandboxEvent event) {
  switch (event) {
    case SandboxEvent::Paused:
    case SandboxEvent::PauseFailed:
    case SandboxEvent::ResumeFailed:
    case SandboxEvent::MachineLost:
    case SandboxEvent::SetBack:
      return true;
    case SandboxEvent::Started:
    case SandboxEvent::PauseRequested:
    case SandboxEvent::ResumeRequested:
    case SandboxEvent::Resumed:
    case SandboxEvent::DeleteRequested:
    case SandboxEvent::Deleted:
      return false;
  }
  return false;
}

/// A power cut ends the machine anyway, so that only what outlives machines has to survive one.
Durability durabilityOf(const std::optional<SandboxEvent>& event) {
  if (!event || *event == SandboxEvent::Paused || *event == SandboxEvent::DeleteRequested) return Durability::PowerCut;
  return Durability::ProcessCrash;
}

std::string attempt(SandboxEvent event) {
  switch (event) {
    case SandboxEvent::PauseRequested:
      return "paused";
    case SandboxEvent::ResumeRequested:
      return "resumed";
    case SandboxEvent::DeleteRequested:
      return "deleted";
    default:
      return "changed";
  }
}

}  // namespace

Error noSuchSandbox() { return Error{ErrorCode::NotFound, "This sandbox does not exist.", {}, {}}; }

Error refused(SandboxEvent event, SandboxState state) {
  const std::string phase(phaseName(state));
  std::string hint;
  switch (state) {
    case SandboxState::Starting:
    case SandboxState::Pausing:
    case SandboxState::Resuming:
      hint = " Try again when that is finished.";
      break;
    case SandboxState::Failed:
      hint = " It can only be deleted.";
      break;
    case SandboxState::Active:
    case SandboxState::Paused:
    case SandboxState::Deleting:
    case SandboxState::Deleted:
      break;
  }
  return Error{ErrorCode::Conflict, "The sandbox is " + phase + " and cannot be " + attempt(event) + "." + hint, {}, {}};
}

Lifecycle::Lifecycle(SandboxStore& store, Events& events) : store_(store) {
  connect(this, &Lifecycle::changed, &events, &Events::sandboxChanged);
  connect(this, &Lifecycle::removed, &events, &Events::sandboxRemoved);
}

void Lifecycle::restore(std::vector<SandboxRecord> records) {
  for (auto& record : records) {
    const auto id = record.info.id;
    entries_.insert_or_assign(id, Entry{std::move(record), true, false, {}});
  }
}

Pending<SandboxInfo> Lifecycle::admit(const SandboxRecord& record) {
  const auto id = record.info.id;
  entries_.insert_or_assign(id, Entry{record, false, false, {}});
  return enqueue(id, Step{{}, [](SandboxRecord&) { return Result<void>(); }, {}});
}

Pending<SandboxInfo> Lifecycle::advance(const SandboxId& id, SandboxEvent event, Change change) {
  return enqueue(id, Step{event,
                          [change = std::move(change)](SandboxRecord& record) {
                            if (change) change(record);
                            return Result<void>();
                          },
                          {}});
}

Pending<SandboxInfo> Lifecycle::amend(const SandboxId& id, JudgedChange change) {
  return enqueue(id, Step{{}, std::move(change), {}});
}

const SandboxRecord* Lifecycle::find(const SandboxId& id) const {
  const auto found = entries_.find(id);
  return found == entries_.end() || !found->second.listed ? nullptr : &found->second.record;
}

std::vector<SandboxRecord> Lifecycle::all() const {
  std::vector<SandboxRecord> records;
  for (const auto& [id, entry] : entries_) {
    if (entry.listed) records.push_back(entry.record);
  }
  return records;
}

std::vector<const SandboxInfo*> Lifecycle::infos() const {
  std::vector<const SandboxInfo*> infos;
  infos.reserve(entries_.size());
  for (const auto& [id, entry] : entries_) {
    if (entry.listed) infos.push_back(&entry.record.info);
  }
  return infos;
}

Pending<SandboxInfo> Lifecycle::enqueue(const SandboxId& id, Step step) {
  const auto pending = step.resolver.pending();
  const auto found = entries_.find(id);
  if (found == entries_.end()) {
    step.resolver.resolve(failure(noSuchSandbox()));
    return pending;
  }
  found->second.steps.push_back(std::move(step));
  takeNextStep(id);
  return pending;
}

void Lifecycle::takeNextStep(const SandboxId& id) {
  const auto found = entries_.find(id);
  if (found == entries_.end()) return;
  auto& entry = found->second;
  while (!entry.busy && !entry.steps.empty()) {
    const Step step = std::move(entry.steps.front());
    entry.steps.pop_front();
    auto changed = judged(entry.record, step);
    if (!changed) {
      step.resolver.resolve(failure(changed.error()));
      continue;
    }
    entry.busy = true;
    write(id, step, *changed);
  }
}

Result<SandboxRecord> Lifecycle::judged(const SandboxRecord& record, const Step& step) const {
  auto changed = record;
  if (step.event) {
    const auto state = next(record.info.state, *step.event);
    if (!state) return failure(refused(*step.event, record.info.state));
    changed.info.state = *state;
  }
  if (const auto accepted = step.change(changed); !accepted) return failure(accepted.error());
  return changed;
}

void Lifecycle::write(const SandboxId& id, const Step& step, const SandboxRecord& changed) {
  if (changed.info.state == SandboxState::Deleted) {
    whenDone(store_.erase(id), this, [this, id, step, info = changed.info](const Result<void>& result) {
      if (!result) {
        step.resolver.resolve(failure(result.error()));
        return goOn(id);
      }
      forget(id, step, info);
    });
    return;
  }
  whenDone(store_.save(changed, durabilityOf(step.event)), this,
           [this, id, step, changed](const Result<void>& result) { written(id, step, changed, result); });
}

void Lifecycle::written(const SandboxId& id, const Step& step, SandboxRecord changed, const Result<void>& result) {
  auto& entry = entries_.at(id);
  const bool holds = result || (step.event && isFact(*step.event));
  if (!result && holds) {
    qWarning("A change of sandbox %s could not be written: %s", id.value().c_str(), result.error().message.c_str());
    auto& problem = changed.info.problem;
    problem += (problem.empty() ? "" : " ") + ("Its state could not be written down: " + result.error().message);
  }
  if (!holds) {
    step.resolver.resolve(failure(result.error()));
    if (!entry.listed) {
      entries_.erase(id);
      return;
    }
    return goOn(id);
  }
  entry.record = std::move(changed);
  entry.listed = true;
  const auto info = entry.record.info;
  emit this->changed(info);
  step.resolver.resolve(info);
  goOn(id);
}

void Lifecycle::forget(const SandboxId& id, const Step& step, const SandboxInfo& info) {
  const auto waiting = std::move(entries_.at(id).steps);
  entries_.erase(id);
  emit removed(id);
  step.resolver.resolve(info);
  for (const auto& late : waiting) late.resolver.resolve(failure(noSuchSandbox()));
}

void Lifecycle::goOn(const SandboxId& id) {
  const auto found = entries_.find(id);
  if (found == entries_.end()) return;
  found->second.busy = false;
  takeNextStep(id);
}

}  // namespace terrarium
