// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/sandboxes/sandboxactions.h"

#include <QTimer>
#include <algorithm>

#include "ui/sandboxes/sandboxmodel.h"
#include "ui/widgets/humantext.h"
#include "ui/widgets/toastarea.h"

namespace terrarium {

SandboxActions::SandboxActions(Facade& facade, SandboxModel& model, ToastArea& toasts, QObject* parent)
    : QObject(parent), facade_(facade), model_(model), toasts_(toasts) {}

QString SandboxActions::nameOf(const QString& id) const {
  const SandboxInfo* info = model_.find(id);
  return info ? toText(info->name.value()) : id;
}

QStringList SandboxActions::able(SandboxAction action, const QStringList& ids) const {
  QStringList able;
  for (const QString& id : ids) {
    const SandboxInfo* info = model_.find(id);
    if (info && !model_.isLeaving(id) && isAllowed(action, info->state)) able << id;
  }
  return able;
}

void SandboxActions::report(const QString& what, const QString& name, const Error& error) {
  toasts_.post({Tone::Danger, what.arg(name) + QLatin1Char(' ') + toText(error.message), {}, {}, 12000});
}

void SandboxActions::pause(const QStringList& ids) {
  for (const QString& id : able(SandboxAction::Pause, ids)) {
    const QString name = nameOf(id);
    whenDone(facade_.sandboxes().pause(model_.find(id)->id), this, [this, id, name](Result<void> result) {
      if (!result) return report(tr("%1 was not paused."), name, result.error());
      toasts_.post({Tone::Good, tr("%1 is paused").arg(name), tr("Resume"), [this, id] { resume({id}); }});
    });
  }
}

void SandboxActions::resume(const QStringList& ids) {
  for (const QString& id : able(SandboxAction::Resume, ids)) {
    const QString name = nameOf(id);
    whenDone(facade_.sandboxes().resume(model_.find(id)->id), this, [this, name](Result<SandboxInfo> result) {
      if (!result) return report(tr("%1 was not resumed."), name, result.error());
      toasts_.post({Tone::Good, tr("%1 is active again").arg(name)});
    });
  }
}

void SandboxActions::remove(const QStringList& ids) {
  Batch batch{nextBatch_++, able(SandboxAction::Delete, ids), new QTimer(this)};
  if (batch.ids.isEmpty()) return batch.timer->deleteLater();
  for (const QString& id : batch.ids) model_.setLeaving(model_.find(id)->id, true);
  const int number = batch.number;
  batch.timer->setSingleShot(true);
  connect(batch.timer, &QTimer::timeout, this, [this, number] {
    const auto it = std::find_if(batches_.begin(), batches_.end(), [&](const Batch& b) { return b.number == number; });
    if (it == batches_.end()) return;
    const Batch due = *it;
    batches_.erase(it);
    send(due);
  });
  batch.timer->start(holdMs_);
  const QString text = batch.ids.size() == 1 ? tr("%1 will be deleted").arg(nameOf(batch.ids.first()))
                                             : tr("%n sandbox(es) will be deleted", nullptr, static_cast<int>(batch.ids.size()));
  batches_.push_back(batch);
  toasts_.post({Tone::Warning, text, tr("Undo"), [this, number] { undo(number); }, holdMs_});
}

void SandboxActions::forkSandbox(const QString& id) {
  const SandboxInfo* info = model_.find(id);
  const auto spec = ForkSpec::parse(ForkRequest{});
  if (!info || !spec) return;
  const QString name = nameOf(id);
  const QPointer<Toast> running = toasts_.post({Tone::Neutral, tr("Forking %1…").arg(name), {}, {}, 0});
  whenDone(facade_.sandboxes().fork(info->id, *spec), this, [this, name, running](const Result<std::vector<SandboxInfo>>& clones) {
    if (running) running->dismiss();
    if (!clones) return report(tr("%1 was not forked."), name, clones.error());
    for (const SandboxInfo& clone : *clones) emit forked(clone);
  });
}

void SandboxActions::undo(int number) {
  const auto it = std::find_if(batches_.begin(), batches_.end(), [&](const Batch& b) { return b.number == number; });
  if (it == batches_.end()) return;
  for (const QString& id : it->ids)
    if (const SandboxInfo* info = model_.find(id)) model_.setLeaving(info->id, false);
  it->timer->deleteLater();
  batches_.erase(it);
  if (isSettled()) emit settled();
}

void SandboxActions::send(const Batch& batch) {
  batch.timer->stop();
  batch.timer->deleteLater();
  for (const QString& id : batch.ids) {
    const SandboxInfo* info = model_.find(id);
    if (!info) continue;
    ++running_;
    const QString name = nameOf(id);
    const SandboxId sandbox = info->id;
    whenDone(facade_.sandboxes().remove(sandbox), this, [this, sandbox, name](Result<void> result) {
      --running_;
      if (!result && result.error().code != ErrorCode::NotFound) {
        model_.setLeaving(sandbox, false);
        report(tr("%1 was not deleted."), name, result.error());
      }
      if (isSettled()) emit settled();
    });
  }
  if (isSettled()) emit settled();
}

void SandboxActions::carryOut() {
  std::vector<Batch> due;
  due.swap(batches_);
  for (const Batch& batch : due) send(batch);
}

void SandboxActions::update(const QString& id, const PatchRequest& request, std::function<void(Result<void>)> done) {
  const SandboxInfo* info = model_.find(id);
  if (!info) return done(failure(ErrorCode::NotFound, tr("This sandbox is gone.").toStdString()));
  const auto patch = SandboxPatch::parse(request);
  if (!patch) return done(failure(patch.error()));
  whenDone(facade_.sandboxes().update(info->id, *patch), this, std::move(done));
}

}  // namespace terrarium
