// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/engine/waitingmachines.h"

#include <QDebug>
#include <algorithm>
#include <utility>

#include "backend/engine/engineparts.h"
#include "backend/engine/operations/forall.h"
#include "backend/engine/operations/preparemachine.h"

namespace terrarium {

WaitingMachines::WaitingMachines(EngineParts& parts) : parts_(parts) {
  const auto& config = parts_.config;
  quiet_.setSingleShot(true);
  quiet_.setInterval(config.waitingQuiet);
  watch_.setInterval(config.waitingRecheck);
  unused_.setSingleShot(true);
  unused_.setInterval(config.waitingUnused);
  connect(&quiet_, &QTimer::timeout, this, &WaitingMachines::fill);
  connect(&watch_, &QTimer::timeout, this, [this] {
    const bool littleSpace = parts_.snapshots.freeBytes() < parts_.config.littleSpace;
    if (littleSpace || parts_.config.hostMemory().isShortFor(0)) giveUp([](const WaitingMachine&) { return true; });
  });
  connect(&unused_, &QTimer::timeout, this, [this] {
    templates_.clear();
    giveUp([](const WaitingMachine&) { return true; });
  });
  connect(&parts_.events, &Events::templateChanged, this, &WaitingMachines::giveUpStale);
}

WaitingMachines::~WaitingMachines() = default;

std::optional<WaitingMachine> WaitingMachines::take(const std::string& snapshotId) {
  const auto found =
      std::find_if(waiting_.begin(), waiting_.end(), [&](const auto& machine) { return machine.snapshotId == snapshotId; });
  if (found == waiting_.end()) return std::nullopt;
  auto machine = std::move(*found);
  waiting_.erase(found);
  machine.running.machine->disconnect(this);
  emit changed();
  return machine;
}

void WaitingMachines::giveBack(const WaitingMachine& machine) {
  if (closed_) return void(discard(machine));
  keep(machine);
  giveUpStale();
}

void WaitingMachines::wanted(const std::string& templateId) {
  if (parts_.config.waitingMachines == 0 || closed_) return;
  std::erase(templates_, templateId);
  templates_.push_front(templateId);
  while (templates_.size() > parts_.config.waitingMachines) templates_.pop_back();
  giveUpStale();
  unused_.start();
  if (!standsBack_) quiet_.start();
}

void WaitingMachines::standBack() {
  standsBack_ = true;
  quiet_.stop();
  if (preparing_) preparing_->cancel(cancelledByRequest());
}

void WaitingMachines::goOn() {
  standsBack_ = false;
  if (!closed_) quiet_.start();
}

void WaitingMachines::fill() {
  if (closed_ || standsBack_ || preparing_) return;
  for (const auto& id : templates_) {
    const auto snapshot = currentSnapshot(id);
    const bool waits = std::any_of(waiting_.begin(), waiting_.end(), [&](const auto& one) { return one.snapshotId == snapshot; });
    if (!snapshot.empty() && !waits) return prepare(id);
  }
}

void WaitingMachines::prepare(const std::string& templateId) {
  const auto* source = parts_.templates.find(*TemplateRef::parse(templateId));
  if (parts_.config.hostMemory().isShortFor(source->info.size.memoryMib() * 1024 * 1024)) return;
  preparing_ = std::make_unique<PrepareMachine>(parts_, *source);
  whenDone(preparing_->result(), this,
           [this, templateId](const Result<WaitingMachine>& machine) { prepared(templateId, machine); });
  emit preparingBegan();
  preparing_->begin();
}

void WaitingMachines::prepared(const std::string& templateId, const Result<WaitingMachine>& machine) {
  preparing_.reset();
  emit preparingEnded();
  const bool gaveWay = !machine && machine.error().code == ErrorCode::Cancelled;
  if (!machine && !gaveWay) {
    // Not tried again before somebody asks for that template again.
    std::erase(templates_, templateId);
    if (!closed_) qWarning("No machine could be made to wait: %s", machine.error().message.c_str());
    return;
  }
  if (closed_ && machine) return waiting_.push_back(*machine);
  if (machine) giveBack(*machine);
  if (!closed_ && !standsBack_) quiet_.start();
}

void WaitingMachines::keep(const WaitingMachine& machine) {
  waiting_.push_back(machine);
  connect(machine.running.machine.get(), &Machine::ended, this, [this, id = machine.id](MachineEnd, const QString&) {
    giveUp([id](const WaitingMachine& one) { return one.id == id; });
  });
  watch_.start();
  emit changed();
}

void WaitingMachines::giveUp(const std::function<bool(const WaitingMachine&)>& chosen) {
  const auto from = std::stable_partition(waiting_.begin(), waiting_.end(), [&](const auto& one) { return !chosen(one); });
  const std::vector<WaitingMachine> gone(from, waiting_.end());
  waiting_.erase(from, waiting_.end());
  if (waiting_.empty()) watch_.stop();
  if (gone.empty()) return;
  for (const auto& one : gone) (void)discard(one);
  emit changed();
}

void WaitingMachines::giveUpStale() {
  giveUp([this](const WaitingMachine& one) {
    return std::none_of(templates_.begin(), templates_.end(),
                        [&](const auto& id) { return currentSnapshot(id) == one.snapshotId; });
  });
}

std::string WaitingMachines::currentSnapshot(const std::string& templateId) const {
  const auto* source = parts_.templates.find(*TemplateRef::parse(templateId));
  return source && source->info.status == TemplateStatus::Ready ? source->snapshotId : std::string();
}

Pending<void> WaitingMachines::discard(const WaitingMachine& machine) {
  Resolver<void> gone;
  machine.running.machine->disconnect(this);
  whenDone(machine.running.machine->end(), this, [this, machine, gone](const Result<void>&) {
    whenDone(parts_.snapshots.removeWorkDirectory(machine.running.files.workDirectory), this,
             [gone](const Result<void>& removed) { gone.resolve(removed); });
  });
  return gone.pending();
}

Pending<void> WaitingMachines::close() {
  closed_ = true;
  quiet_.stop();
  watch_.stop();
  Resolver<void> done;
  const auto end = [this, done] {
    const auto all = std::exchange(waiting_, {});
    emit changed();
    const auto ended =
        forAll<WaitingMachine>(this, all, all.size() + 1, [this](const WaitingMachine& one) { return discard(one); });
    whenDone(ended, this, [done](const Result<void>&) { done.resolve({}); });
  };
  if (!preparing_) {
    end();
    return done.pending();
  }
  whenDone(preparing_->result(), this, [end](const Result<WaitingMachine>&) { end(); });
  preparing_->cancel(cancelledByRequest());
  return done.pending();
}

}  // namespace terrarium
