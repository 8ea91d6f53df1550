// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QObject>
#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <vector>

#include "backend/api/events.h"
#include "backend/api/pending.h"
#include "backend/engine/ports/sandboxstore.h"

namespace terrarium {

/// The only holder of sandbox states. Every change goes one way: ask next(), write to the store, announce; changes of one sandbox
/// wait for each other, so what is seen here is what is stored. Starts and ends nothing itself. Engine thread.
class Lifecycle : public QObject {
  Q_OBJECT
 public:
  using Change = std::function<void(SandboxRecord&)>;
  using JudgedChange = std::function<Result<void>(SandboxRecord&)>;

  Lifecycle(SandboxStore& store, Events& events);

  /// Takes over what the store holds already. Announces nothing.
  void restore(std::vector<SandboxRecord> records);
  /// A new sandbox in state Starting. It is listed once it has been written.
  Pending<SandboxInfo> admit(const SandboxRecord& record);
  /// Moves it on; `change` is applied to the record together with the state. Conflict when the event cannot happen. A fact (an
  /// event that has happened, such as MachineLost) takes hold even when it could not be written; a request does not. Deleted erases
  /// it.
  Pending<SandboxInfo> advance(const SandboxId& id, SandboxEvent event, Change change = {});
  /// Changes the record without changing its state.
  Pending<SandboxInfo> amend(const SandboxId& id, JudgedChange change);

  /// Valid until control returns to the event loop.
  [[nodiscard]] const SandboxRecord* find(const SandboxId& id) const;
  [[nodiscard]] std::vector<SandboxRecord> all() const;
  /// What everybody may see of the same, without copies; valid until control returns to the event loop.
  [[nodiscard]] std::vector<const SandboxInfo*> infos() const;
  /// Counts those that are being admitted, too.
  [[nodiscard]] std::size_t count() const { return entries_.size(); }

 signals:
  void changed(const terrarium::SandboxInfo& info);
  void removed(const terrarium::SandboxId& id);

 private:
  struct Step {
    std::optional<SandboxEvent> event;
    JudgedChange change;
    Resolver<SandboxInfo> resolver;
  };
  struct Entry {
    SandboxRecord record;
    bool listed = false;
    bool busy = false;
    std::deque<Step> steps;
  };

  Pending<SandboxInfo> enqueue(const SandboxId& id, Step step);
  void takeNextStep(const SandboxId& id);
  [[nodiscard]] Result<SandboxRecord> judged(const SandboxRecord& record, const Step& step) const;
  void write(const SandboxId& id, const Step& step, const SandboxRecord& changed);
  void written(const SandboxId& id, const Step& step, SandboxRecord changed, const Result<void>& result);
  void forget(const SandboxId& id, const Step& step, const SandboxInfo& info);
  void goOn(const SandboxId& id);

  SandboxStore& store_;
  std::map<SandboxId, Entry> entries_;
};

/// "This sandbox does not exist."
[[nodiscard]] Error noSuchSandbox();
/// Why an event was refused, with what would be possible in that state.
[[nodiscard]] Error refused(SandboxEvent event, SandboxState state);

}  // namespace terrarium
