// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/engine/operations/createsandbox.h"

#include <utility>

namespace terrarium {

namespace {

OperationSubject subjectOf(const OperationId& operation, const std::optional<WaitingMachine>& waiting, const SandboxSpec& spec) {
  const auto id = waiting ? waiting->id : SandboxId::random();
  const int stages = waiting ? WakingOperation::kStagesWhenWaiting : WakingOperation::kStages;
  return {operation, OperationKind::Create, id.value(), spec.name().value(), stages + 1};
}

std::optional<WaitingMachine> takeWaiting(EngineParts& parts, const TemplateRef& ref) {
  const auto* source = parts.templates.find(ref);
  return source ? parts.waiting.take(source->snapshotId) : std::nullopt;
}

}  // namespace

CreateSandbox::CreateSandbox(EngineParts& parts, const OperationId& operation, const SandboxSpec& spec, BuildTemplate buildTemplate)
    : CreateSandbox(parts, operation, spec, std::move(buildTemplate), takeWaiting(parts, spec.fromTemplate())) {}

CreateSandbox::CreateSandbox(EngineParts& parts, const OperationId& operation, const SandboxSpec& spec, BuildTemplate buildTemplate,
                             std::optional<WaitingMachine> waiting)
    : WakingOperation(subjectOf(operation, waiting, spec), parts),
      spec_(spec),
      waiting_(std::move(waiting)),
      id_(*SandboxId::parse(subject().id)),
      buildTemplate_(std::move(buildTemplate)) {}

void CreateSandbox::begin() {
  if (const auto good = checkRequest(); !good) return fail(good.error());
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
  if (parts_.lifecycle.count() >= parts_.config.maxSandboxes) {
    return failure(ErrorCode::TooManySandboxes, "There are " + std::to_string(parts_.config.maxSandboxes) +
                                                    " sandboxes already, which is the limit. Delete one first.");
  }
  return {};
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
    writeRow(*source);
  });
}

void CreateSandbox::writeRow(const TemplateRecord& source) {
  auto record = newRecord(source);
  undoRow();
  parts_.waiting.wanted(source.info.id);
  if (waiting_ && waiting_->snapshotId == source.snapshotId) {
    const auto taken = *std::exchange(waiting_, std::nullopt);
    record.machine->cookie = taken.cookie;
    record.machine->files = taken.running.files;
    return wakeWaiting(record, taken.running, parts_.lifecycle.admit(record));
  }
  heldSnapshot_ = parts_.templates.hold(source.snapshotId);
  // The row is written while the memory is copied; the machine waits for both.
  wake(record, source.snapshotId, parts_.lifecycle.admit(record));
}

SandboxRecord CreateSandbox::newRecord(const TemplateRecord& source) const {
  const auto now = std::chrono::floor<std::chrono::microseconds>(parts_.clock.now());
  SandboxInfo info{id_, spec_.name(), SandboxState::Starting, source.info.id, source.info.name, source.info.size, now};
  info.timeout = spec_.timeout();
  info.autoDelete = spec_.autoDelete();
  info.egress = spec_.egress();
  info.metadata = spec_.metadata();
  SandboxRecord record{info};
  record.envVars = spec_.envVars();
  record.secrets = spec_.secrets();
  record.defaults = source.defaults;
  record.machine = newMachine(id_);
  return record;
}

void CreateSandbox::undoRow() {
  undoWith([this] {
    Resolver<void> gone;
    whenDone(parts_.lifecycle.advance(id_, SandboxEvent::DeleteRequested), this, [this, gone](const Result<SandboxInfo>&) {
      whenDone(parts_.lifecycle.advance(id_, SandboxEvent::Deleted), this,
               [gone](const Result<SandboxInfo>&) { gone.resolve({}); });
    });
    return gone.pending();
  });
}

void CreateSandbox::awake(const WorkingFiles& files) {
  heldSnapshot_.reset();
  handOver();
  closeToCancel();
  const auto started = parts_.lifecycle.advance(id_, SandboxEvent::Started, [files](SandboxRecord& record) {
    record.machine->files = files;
    record.info.emulated = files.from.facts.accelerator != "kvm";
  });
  await(started, [this](const SandboxInfo& info) {
    info_ = info;
    succeed();
  });
}

void CreateSandbox::answer(const std::optional<Error>& error) {
  heldSnapshot_.reset();
  if (waiting_) parts_.waiting.giveBack(*std::exchange(waiting_, std::nullopt));
  if (error) return result_.resolve(failure(*error));
  result_.resolve(*info_);
}

}  // namespace terrarium
