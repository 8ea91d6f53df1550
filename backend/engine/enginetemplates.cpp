// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/engine/enginetemplates.h"

#include <QCryptographicHash>
#include <algorithm>
#include <utility>

namespace terrarium {

namespace {

Error noSuchTemplate(const TemplateRef& ref) {
  return Error{ErrorCode::NotFound, "There is no template \"" + ref.value() + "\".", {}, {}};
}

}  // namespace

Pending<std::vector<TemplateInfo>> EngineTemplates::list() {
  Resolver<std::vector<TemplateInfo>> listed;
  // Without a hypervisor nothing can be judged, but the list is still true as far as it goes.
  whenDone(parts_.templates.judge(), this, [this, listed](const Result<void>&) { listed.resolve(parts_.templates.all()); });
  return listed.pending();
}

Pending<TemplateInfo> EngineTemplates::get(const TemplateRef& ref) {
  Resolver<TemplateInfo> found;
  whenDone(parts_.templates.judge(), this, [this, ref, found](const Result<void>&) {
    const auto* record = parts_.templates.find(ref);
    if (!record) return found.resolve(failure(noSuchTemplate(ref)));
    found.resolve(record->info);
  });
  return found.pending();
}

Pending<TemplateInfo> EngineTemplates::build(const TemplateRef& ref) {
  if (closed_)
    return settled<TemplateInfo>(failure(ErrorCode::Unavailable, "The engine is stopping. Start it again and repeat this."));
  const auto* record = parts_.templates.find(ref);
  if (!record) return settled<TemplateInfo>(failure(noSuchTemplate(ref)));
  if (auto* same = find(record->info.id)) return same->result();
  const auto definition = parts_.templates.definition(record->info.id);
  if (!definition) {
    return settled<TemplateInfo>(failure(ErrorCode::Conflict, "This template is no longer among those that can be built here."));
  }
  waiting_.push_back(std::make_unique<BuildTemplate>(parts_, *definition));
  const auto result = waiting_.back()->result();
  journal_.enter(waiting_.back()->subject().operation, definition->id, specHashOf(*record));
  parts_.templates.markBuilding(definition->id, waiting_.back()->subject().operation);
  startNext();
  return result;
}

Pending<void> EngineTemplates::cancelBuild(const TemplateRef& ref) {
  const auto* record = parts_.templates.find(ref);
  if (!record) return settled<void>(failure(noSuchTemplate(ref)));
  auto* build = find(record->info.id);
  if (!build) return settled<void>({});
  Resolver<void> cancelled;
  whenDone(build->result(), this, [cancelled](const Result<TemplateInfo>&) { cancelled.resolve({}); });
  build->cancel(cancelledByRequest());
  // One that waits has nothing to undo and need not wait for its turn to say so.
  const auto waits = std::find_if(waiting_.begin(), waiting_.end(), [&](const auto& one) { return one.get() == build; });
  if (waits != waiting_.end()) {
    auto early = std::move(*waits);
    waiting_.erase(waits);
    runner_.start(std::move(early));
  }
  return cancelled.pending();
}

std::string EngineTemplates::specHashOf(const TemplateRecord& record) const {
  const auto definition = parts_.templates.definition(record.info.id);
  const auto source = definition ? definition->source : QByteArray::fromStdString(record.contentHash);
  return QCryptographicHash::hash(source, QCryptographicHash::Sha256).toHex().toStdString();
}

Pending<std::vector<BuildInfo>> EngineTemplates::builds(const TemplateRef& ref) {
  const auto* record = parts_.templates.find(ref);
  if (!record) return settled<std::vector<BuildInfo>>(failure(noSuchTemplate(ref)));
  return settled<std::vector<BuildInfo>>(journal_.of(record->info, specHashOf(*record)));
}

Pending<BuildLogPart> EngineTemplates::buildLog(const TemplateRef& ref, const std::string& build, std::size_t from) {
  const auto* record = parts_.templates.find(ref);
  if (!record) return settled<BuildLogPart>(failure(noSuchTemplate(ref)));
  return settled<BuildLogPart>(journal_.log(record->info, specHashOf(*record), build, from));
}

void EngineTemplates::close(const Error& why) {
  closed_ = true;
  while (!waiting_.empty()) {
    auto early = std::move(waiting_.front());
    waiting_.pop_front();
    early->cancel(why);
    runner_.start(std::move(early));
  }
  if (running_) running_->cancel(why);
}

void EngineTemplates::startNext() {
  if (running_ || waiting_.empty()) return;
  auto next = std::move(waiting_.front());
  waiting_.pop_front();
  running_ = next.get();
  connect(running_, &Operation::ended, this, [this] {
    running_ = nullptr;
    // Not from inside the end of the one before.
    QMetaObject::invokeMethod(this, &EngineTemplates::startNext, Qt::QueuedConnection);
  });
  runner_.start(std::move(next));
}

BuildTemplate* EngineTemplates::find(const std::string& templateId) const {
  if (running_ && running_->subject().id == templateId) return running_;
  const auto found =
      std::find_if(waiting_.begin(), waiting_.end(), [&](const auto& one) { return one->subject().id == templateId; });
  return found == waiting_.end() ? nullptr : found->get();
}

}  // namespace terrarium
