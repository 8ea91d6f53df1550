// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/engine/templatecatalog.h"

#include <algorithm>
#include <utility>

#include "backend/engine/operations/forall.h"

namespace terrarium {

TemplateCatalog::TemplateCatalog(TemplateStore& store, TemplateImages& images, SnapshotFiles& snapshots, SnapshotHolds& holds,
                                 Hypervisor& hypervisor, Clock& clock, Events& events)
    : store_(store),
      images_(images),
      snapshots_(snapshots),
      holds_(holds),
      hypervisor_(hypervisor),
      clock_(clock),
      events_(events) {}

Pending<void> TemplateCatalog::load() {
  Resolver<void> done;
  whenDone(store_.load(), this, [this, done](Result<std::vector<TemplateRecord>> records) {
    if (!records) return done.resolve(failure(records.error()));
    for (auto& record : *records) {
      if (record.info.status == TemplateStatus::Building) record.info.status = TemplateStatus::Pending;
      records_.insert_or_assign(record.info.id, std::move(record));
    }
    addDefinitions();
    done.resolve({});
  });
  return done.pending();
}

void TemplateCatalog::addDefinitions() {
  definitions_ = images_.systemTemplates();
  for (const auto& definition : definitions_) {
    auto& record = records_[definition.id];
    if (record.info.id.empty()) record.info.createdAt = std::chrono::floor<std::chrono::microseconds>(clock_.now());
    record.info.id = definition.id;
    record.info.name = definition.name;
    record.info.description = definition.description;
    record.info.system = true;
    if (record.snapshotId.empty()) {
      record.info.size = definition.size;
      if (record.info.status == TemplateStatus::Ready) record.info.status = TemplateStatus::Pending;
    }
  }
}

Pending<void> TemplateCatalog::judge() {
  if (judgement_) return *judgement_;
  Resolver<void> done;
  judgement_ = done.pending();
  whenDone(hypervisor_.facts(), this, [this, done](const Result<MachineFacts>& facts) {
    if (!facts) {
      judgement_.reset();
      return done.resolve(failure(facts.error()));
    }
    std::vector<std::string> built;
    for (const auto& [id, record] : records_) {
      if (!record.snapshotId.empty()) built.push_back(id);
    }
    const auto all = forAll<std::string>(this, built, built.size() + 1, [this, facts = *facts](const std::string& id) {
      Resolver<void> one;
      judgeOne(id, facts, one);
      return one.pending();
    });
    whenDone(all, this, [done](const Result<void>&) { done.resolve({}); });
  });
  return done.pending();
}

void TemplateCatalog::judgeOne(const std::string& id, const MachineFacts& facts, const Resolver<void>& done) {
  const auto from = definition(id);
  if (!from) return compare(id, facts, records_.at(id).contentHash, done);
  whenDone(images_.currentHash(*from), this, [this, id, facts, done](const Result<std::string>& hash) {
    // A hash that cannot be had (a package list out of reach, say) is no reason to throw a good snapshot away.
    compare(id, facts, hash ? *hash : records_.at(id).contentHash, done);
  });
}

void TemplateCatalog::compare(const std::string& id, const MachineFacts& facts, const std::string& currentHash,
                              const Resolver<void>& done) {
  whenDone(snapshots_.read(records_.at(id).snapshotId), this,
           [this, id, facts, currentHash, done](const Result<SnapshotManifest>& manifest) {
             auto& record = records_.at(id);
             const bool current = manifest && manifest->facts == facts && record.contentHash == currentHash;
             if (!current && record.info.status == TemplateStatus::Ready) {
               record.info.status = TemplateStatus::Pending;
               record.info.problem = manifest ? "" : manifest.error().message;
               announce(id);
             }
             done.resolve({});
           });
}

std::vector<TemplateInfo> TemplateCatalog::all() const {
  std::vector<TemplateInfo> infos;
  for (const auto& [id, record] : records_) infos.push_back(record.info);
  std::sort(infos.begin(), infos.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
  return infos;
}

const TemplateRecord* TemplateCatalog::find(const TemplateRef& ref) const {
  const auto found = std::find_if(records_.begin(), records_.end(), [&](const auto& entry) {
    const auto& info = entry.second.info;
    return ref.isId() ? info.id == ref.value() : info.name == ref.value();
  });
  return found == records_.end() ? nullptr : &found->second;
}

std::optional<TemplateDefinition> TemplateCatalog::definition(const std::string& id) const {
  const auto found =
      std::find_if(definitions_.begin(), definitions_.end(), [&](const auto& definition) { return definition.id == id; });
  if (found == definitions_.end()) return std::nullopt;
  return *found;
}

std::vector<std::string> TemplateCatalog::snapshotIds() const {
  std::vector<std::string> ids;
  for (const auto& [id, record] : records_) {
    if (!record.snapshotId.empty()) ids.push_back(record.snapshotId);
  }
  return ids;
}

void TemplateCatalog::markBuilding(const std::string& id, const std::string& buildId) {
  auto& info = records_.at(id).info;
  info.latestBuildId = buildId;
  info.problem.clear();
  if (info.status != TemplateStatus::Ready) info.status = TemplateStatus::Building;
  announce(id);
}

void TemplateCatalog::markUnbuilt(const std::string& id, const std::string& problem, bool cancelled) {
  auto& info = records_.at(id).info;
  info.problem = problem;
  if (info.status != TemplateStatus::Ready) info.status = cancelled ? TemplateStatus::Pending : TemplateStatus::Failed;
  announce(id);
}

void TemplateCatalog::distrust(const std::string& id, const std::string& problem) {
  auto& info = records_.at(id).info;
  if (info.status != TemplateStatus::Ready) return;
  info.status = TemplateStatus::Pending;
  info.problem = problem;
  announce(id);
}

Pending<TemplateInfo> TemplateCatalog::replace(const TemplateRecord& record) {
  Resolver<TemplateInfo> done;
  whenDone(store_.save(record), this, [this, record, done](const Result<void>& saved) {
    if (!saved) return done.resolve(failure(saved.error()));
    const auto before = records_[record.info.id].snapshotId;
    records_.insert_or_assign(record.info.id, record);
    if (!before.empty() && before != record.snapshotId) (void)holds_.retire(before);
    (void)snapshots_.fingerprint(record.snapshotId);
    announce(record.info.id);
    done.resolve(record.info);
  });
  return done.pending();
}

void TemplateCatalog::announce(const std::string& id) { emit events_.templateChanged(records_.at(id).info); }

}  // namespace terrarium
