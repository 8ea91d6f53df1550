// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/engine/operations/createsandbox.h"

#include <QDebug>
#include <utility>

namespace terrarium {

namespace {

OperationSubject subjectOf(const OperationId& operation, const std::optional<WaitingMachine>& waiting, const SandboxSpec& spec) {
  const auto id = waiting ? waiting->id : SandboxId::random();
  const int stages = waiting ? WakingOperation::kStagesWhenWaiting : WakingOperation::kStages;
  return {operation, OperationKind::Create, id.value(), spec.name().value(), stages + 1};
}

std::optional<WaitingMachine> takeWaiting(EngineParts& parts, const SandboxSpec& spec) {
  const auto* source = spec.fromSnapshot() ? nullptr : parts.templates.find(spec.fromTemplate());
  return source ? parts.waiting.take(source->snapshotId) : std::nullopt;
}

/// The paused sandbox whose snapshot that is.
std::optional<SandboxRecord> ownerOf(const Lifecycle& lifecycle, const std::string& snapshotId) {
  for (auto& record : lifecycle.all()) {
    if (record.info.snapshotId == snapshotId) return record;
  }
  return std::nullopt;
}

}  // namespace

CreateSandbox::CreateSandbox(EngineParts& parts, const OperationId& operation, const SandboxSpec& spec, BuildTemplate buildTemplate)
    : CreateSandbox(parts, operation, spec, std::move(buildTemplate), takeWaiting(parts, spec)) {}

CreateSandbox::CreateSandbox(EngineParts& parts, const OperationId& operation, const SandboxSpec& spec, BuildTemplate buildTemplate,
                             std::optional<WaitingMachine> waiting)
    : NewSandboxOperation(subjectOf(operation, waiting, spec), parts),
      spec_(spec),
      waiting_(std::move(waiting)),
      buildTemplate_(std::move(buildTemplate)) {}

void CreateSandbox::begin() {
  if (const auto good = checkRequest(); !good) return fail(good.error());
  if (spec_.fromSnapshot()) return findSnapshot();
  findTemplate();
}

Result<void> CreateSandbox::checkRequest() const {
  if (!spec_.secrets().entries().empty()) {
    const auto& [variable, secret] = *spec_.secrets().entries().begin();
    return failure(Error{ErrorCode::UnknownReference,
                         "There is no secret named \"" + secret + "\". Leave it out, or make the secret first.",
                         {},
                         "secrets." + variable});
  }
  return checkRoom();
}

void CreateSandbox::findTemplate() {
  if (!enter("Looking up the template")) return;
  awaitAbandonable(parts_.templates.judge(), [this] {
    const auto* source = parts_.templates.find(spec_.fromTemplate());
    if (!source) {
      return fail(
          Error{ErrorCode::NotFound,
                "There is no template \"" + spec_.fromTemplate().value() + "\". The list of templates shows which there are.",
                {},
                "from_template"});
    }
    if (source->info.status != TemplateStatus::Ready) {
      buildTemplate_(spec_.fromTemplate());
      return fail(Error{ErrorCode::Conflict, "template is not ready (status=building)", source->info.problem, "from_template"});
    }
    // Asked again: others may have been admitted meanwhile.
    if (const auto good = checkRequest(); !good) return fail(good.error());
    auto record = newRecord(source->info.id, source->info.name, source->info.size, source->defaults);
    parts_.waiting.wanted(source->info.id);
    if (waiting_ && waiting_->snapshotId == source->snapshotId)
      return startWith(std::move(record), *std::exchange(waiting_, std::nullopt));
    startFrom(std::move(record), source->snapshotId);
  });
}

void CreateSandbox::findSnapshot() {
  if (!enter("Looking up the snapshot")) return;
  const auto& id = *spec_.fromSnapshot();
  const auto* named = parts_.namedSnapshots.find(id);
  if (named && named->info.status == SnapshotStatus::Ready) {
    const auto& info = named->info;
    return startFrom(newRecord(info.templateId, info.templateName, info.size, named->defaults), id.value());
  }
  if (const auto owner = ownerOf(parts_.lifecycle, id.value()); owner && !named) {
    const auto& info = owner->info;
    return startFrom(newRecord(info.templateId, info.templateName, info.size, inheritedDefaults(*owner)), id.value());
  }
  if (named)
    return fail(Error{ErrorCode::SnapshotInProgress, "The snapshot is not ready yet. Try again in a moment.", {}, "from_snapshot"});
  fail(Error{ErrorCode::NotFound,
             "There is no snapshot " + id.value() + "; it may have been replaced by a later pause.",
             {},
             "from_snapshot"});
}

SandboxRecord CreateSandbox::newRecord(const std::string& templateId, const std::string& templateName, const MachineSize& size,
                                       const GuestDefaults& defaults) const {
  const auto now = std::chrono::floor<std::chrono::microseconds>(parts_.clock.now());
  SandboxInfo info{id_, spec_.name(), SandboxState::Starting, templateId, templateName, size, now};
  info.timeout = spec_.timeout();
  info.autoDelete = spec_.autoDelete();
  info.egress = spec_.egress();
  info.metadata = spec_.metadata();
  info.previews = PreviewSettings(spec_.previewAccess());
  if (spec_.fromSnapshot()) info.sourceSnapshotId = spec_.fromSnapshot()->value();
  SandboxRecord record{info};
  record.envVars = spec_.envVars();
  record.secrets = spec_.secrets();
  record.defaults = defaults;
  return record;
}

void CreateSandbox::snapshotIsUnusable(const Error& why) {
  const auto* source = spec_.fromSnapshot() ? nullptr : parts_.templates.find(spec_.fromTemplate());
  if (!source) return;
  qWarning("The snapshot of template %s is built anew: %s", source->info.name.c_str(), why.message.c_str());
  templateIsDamaged_ = true;
  parts_.templates.distrust(source->info.id, why.message);
  buildTemplate_(spec_.fromTemplate());
}

Error CreateSandbox::worded(const Error& error) const {
  if (!templateIsDamaged_) return error;
  return {ErrorCode::Conflict,
          "The snapshot of the template \"" + spec_.fromTemplate().value() +
              "\" is damaged, so it is being built anew. Try again when it is ready.",
          error.message, "from_template"};
}

void CreateSandbox::answer(const std::optional<Error>& error) {
  if (waiting_) parts_.waiting.giveBack(*std::exchange(waiting_, std::nullopt));
  NewSandboxOperation::answer(error);
}

}  // namespace terrarium
