// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/sandboxes/sandboxfeed.h"

#include "ui/widgets/humantext.h"

namespace terrarium {

namespace {
constexpr int kPage = 200;
}

SandboxFeed::SandboxFeed(Facade& facade, SandboxModel& model, QObject* parent) : QObject(parent), facade_(facade), model_(model) {
  Events& events = facade.events();
  connect(&events, &Events::sandboxChanged, this, [this](const SandboxInfo& info) {
    if (info.state == SandboxState::Deleted)
      model_.remove(info.id);
    else
      model_.put(info);
  });
  connect(&events, &Events::sandboxRemoved, this, [this](const SandboxId& id) { model_.remove(id); });
  connect(&events, &Events::statisticsChanged, this, [this](const SandboxStatistics& s) { model_.addStatistics(s); });
  connect(&events, &Events::connectionChanged, this, [this](bool connected) {
    if (connected)
      reload();
    else
      setLoad(load_);
  });
  tick_.setInterval(1000);
  connect(&tick_, &QTimer::timeout, this, [this] { model_.setNow(std::chrono::system_clock::now()); });
  tick_.start();
  reload();
}

void SandboxFeed::reload() { listFrom({}, ++generation_); }

void SandboxFeed::forget() {
  ++generation_;
  model_.replaceAll({});
  setLoad(Load::Loading);
}

void SandboxFeed::listFrom(std::vector<SandboxInfo> sofar, int generation) {
  SandboxQuery query;
  query.limit = kPage;
  query.offset = static_cast<int>(sofar.size());
  whenDone(facade_.sandboxes().list(query), this, [this, generation, sofar = std::move(sofar)](Result<SandboxPage> page) mutable {
    if (generation != generation_) return;
    if (!page) return setLoad(Load::Failed, toText(page.error().message));
    sofar.insert(sofar.end(), page->items.begin(), page->items.end());
    if (!page->items.empty() && sofar.size() < page->total) return listFrom(std::move(sofar), generation);
    model_.replaceAll(sofar);
    setLoad(Load::Loaded);
  });
}

void SandboxFeed::setLoad(Load load, const QString& problem) {
  load_ = load;
  problem_ = problem;
  emit loadChanged();
}

}  // namespace terrarium
