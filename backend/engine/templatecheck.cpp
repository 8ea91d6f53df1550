// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/engine/templatecheck.h"

#include "backend/engine/operations/forall.h"

namespace terrarium {

namespace {

constexpr std::chrono::minutes kFresh{30};

}  // namespace

HostCheck TemplateCheck::answer() {
  const auto now = clock_.now();
  if (!looking_ && (!lookedAt_ || now - *lookedAt_ > kFresh || templates_.snapshotIds().size() != seen_)) begin();
  HostCheck check{"template_files", CheckOutcome::Good, "", ""};
  if (!damaged_.empty()) {
    check.outcome = CheckOutcome::Bad;
    check.summary = "The template " + damaged_.front().templateName + " is damaged: " + damaged_.front().message;
    check.fix = "terrariumctl template build " + damaged_.front().templateName;
  } else if (looking_) {
    check.summary = "The files of the templates are being verified; ask again in a minute.";
  } else if (seen_ == 0) {
    check.summary = "No template has been built yet.";
  } else {
    const auto minutes = std::chrono::duration_cast<std::chrono::minutes>(now - lookedAt_.value_or(now)).count();
    check.summary = "The files of the templates are intact (" + std::to_string(seen_) + " verified " +
                    (minutes < 1 ? std::string("just now") : std::to_string(minutes) + " min ago") + ").";
  }
  return check;
}

void TemplateCheck::begin() {
  std::vector<TemplateInfo> infos;
  for (const auto& info : templates_.all()) {
    const auto* record = templates_.find(*TemplateRef::parse(info.id));
    if (record && !record->snapshotId.empty()) infos.push_back(info);
  }
  looking_ = true;
  found_.clear();
  const auto all = forAll<TemplateInfo>(this, infos, 1, [this](const TemplateInfo& info) {
    Resolver<void> one;
    const auto* record = templates_.find(*TemplateRef::parse(info.id));
    verify(info, record ? record->snapshotId : std::string(), one);
    return one.pending();
  });
  whenDone(all, this, [this, count = infos.size()](const Result<void>&) {
    looking_ = false;
    lookedAt_ = clock_.now();
    seen_ = count;
    damaged_ = std::move(found_);
  });
}

void TemplateCheck::verify(const TemplateInfo& info, const std::string& snapshotId, const Resolver<void>& done) {
  whenDone(snapshots_.verify(snapshotId), this, [this, info, snapshotId, done](const Result<void>& sound) {
    if (sound || sound.error().code == ErrorCode::Cancelled) return done.resolve({});
    if (sound.error().code == ErrorCode::NotFound) {
      // Of a build before there were fingerprints, or one whose end the engine did not live to see.
      return whenDone(snapshots_.fingerprint(snapshotId), this, [done](const Result<void>&) { done.resolve({}); });
    }
    found_.push_back({info.name, sound.error().message});
    done.resolve({});
  });
}

}  // namespace terrarium
