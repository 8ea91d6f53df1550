// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/engine/operations/buildtemplate.h"

#include <QRandomGenerator>
#include <QRegularExpression>
#include <utility>

#include "backend/engine/operations/timelimit.h"
#include "backend/engine/operations/wakingoperation.h"

namespace terrarium {

MachinePlan BuildTemplate::planOf(const EngineConfig& config, const std::string& templateId) {
  MachinePlan plan;
  plan.name = QStringLiteral("build-") + QString::fromStdString(templateId);
  plan.cookie = QString::fromStdString(templateId);
  plan.workDirectory = config.workRoot + QStringLiteral("/build-") + QString::fromStdString(templateId.substr(0, 8));
  return plan;
}

BuildTemplate::BuildTemplate(EngineParts& parts, const TemplateDefinition& definition)
    : Operation({randomUuid(), OperationKind::BuildTemplate, definition.id, definition.name, 9}),
      parts_(parts),
      definition_(definition),
      snapshotId_(randomUuid()) {}

void BuildTemplate::begin() {
  parts_.templates.markBuilding(definition_.id, subject().operation);
  makeImage();
}

void BuildTemplate::makeImage() {
  if (!enter("Making the root file system")) return;
  const auto code = std::exchange(failureCode_, "boot_failed");
  // Asked first, because making an image that nothing can boot is a long wait for nothing.
  awaitAbandonable(parts_.hypervisor.facts(), [this, code](const MachineFacts& facts) {
    facts_ = facts;
    failureCode_ = code;
    awaitImage();
  });
}

void BuildTemplate::awaitImage() {
  Resolver<TemplateImage> made;
  build_ = parts_.images.make(definition_);
  undoWith([this] {
    build_.reset();
    return settled<void>({});
  });
  connect(build_.get(), &ImageBuild::progressed, this,
          [this](const ImageProgress& progress) { note(progress.stage, progress.fraction, progress.logLine); });
  connect(build_.get(), &ImageBuild::finished, this, [made](const Result<TemplateImage>& image) { made.resolve(image); });
  awaitAbandonable(made.pending(), [this](const TemplateImage& image) {
    image_ = image;
    build_.reset();
    importDisk();
  });
}

void BuildTemplate::importDisk() {
  if (!enter("Importing the disk")) return;
  failureCode_ = "snapshot_failed";
  // A layer that no snapshot names in the end is swept at the next start.
  awaitAbandonable(parts_.snapshots.addBaseLayer(image_.rootfs, image_.contentHash),
                   [this](const std::string& layer) { prepareBoot(layer); });
}

void BuildTemplate::prepareBoot(const std::string& layer) {
  if (!enter("Preparing the first boot")) return;
  undoWorkDirectory();
  const auto folder = planOf(parts_.config, definition_.id).workDirectory;
  await(parts_.snapshots.prepareBoot(layer, definition_.size, folder), [this](const WorkingFiles& files) {
    files_ = files;
    boot();
  });
}

void BuildTemplate::undoWorkDirectory() {
  undoWith([this] { return parts_.snapshots.removeWorkDirectory(planOf(parts_.config, definition_.id).workDirectory); });
}

void BuildTemplate::boot() {
  if (!enter("Booting")) return;
  failureCode_ = "boot_failed";
  auto plan = planOf(parts_.config, definition_.id);
  plan.size = definition_.size;
  plan.ramFile = files_.ramFile;
  plan.disk = files_.disk;
  plan.kernel = image_.kernel;
  plan.initramfs = image_.initramfs;
  await(parts_.hypervisor.boot(plan), [this](std::shared_ptr<Machine> machine) {
    machine_ = std::move(machine);
    undoBoot();
    connect(machine_.get(), &Machine::ended, this, [this](MachineEnd how, const QString& reason) {
      const auto code = how == MachineEnd::DiskFull ? ErrorCode::StorageFull : ErrorCode::Internal;
      fail(Error{code, reason.toStdString(), machine_->consoleLog().toStdString(), {}});
    });
    connect(machine_.get(), &Machine::outOfSpace, this, [this] { fail(noRoomForDisk()); });
    reachAgent();
  });
}

void BuildTemplate::undoBoot() {
  undoWith([this] { return machine_->end(); });
}

void BuildTemplate::reachAgent() {
  awaitAbandonable(parts_.agents.connect(machine_->agentSocket(), parts_.config.bootLimit),
                   [this](std::shared_ptr<GuestAgent> agent) {
                     agent_ = std::move(agent);
                     giveIdentity();
                   });
}

void BuildTemplate::giveIdentity() {
  if (!enter("Warming up")) return;
  GuestIdentity identity;
  identity.entropy.resize(64);
  QRandomGenerator::system()->generate(identity.entropy.begin(), identity.entropy.end());
  identity.hostname = "sandbox-template";
  identity.env = definition_.env;
  identity.user = definition_.user;
  identity.workingDirectory = definition_.workingDirectory;
  awaitAbandonable(within(parts_.config.bootLimit, agent_->assume(identity), this, "The guest agent did not answer in time."),
                   [this] { warmUp(); });
}

void BuildTemplate::warmUp() {
  // What a first command touches is then in the snapshot's memory already.
  awaitAbandonable(runOnce("/bin/true", {}), [this] {
    awaitAbandonable(runOnce("/bin/bash", {"-lc", "true"}), [this] { settleGuest(); });
  });
}

Pending<void> BuildTemplate::runOnce(const std::string& command, const std::vector<std::string>& arguments) {
  ExecRequest request;
  request.command = command;
  request.args = arguments;
  Resolver<void> ran;
  session_ = agent_->run(request);
  auto* session = session_.get();
  connect(session, &ExecSession::outputReceived, this,
          [session](OutputChannel, const QByteArray& bytes) { session->consumed(bytes.size()); });
  connect(session, &ExecSession::finished, this, [ran, command](const ExecResult& result) {
    if (result.exitCode == 0) return ran.resolve({});
    ran.resolve(
        failure(ErrorCode::Internal, command + " ended with exit code " + std::to_string(result.exitCode) + " in the new system."));
  });
  connect(session, &ExecSession::failed, this, [ran](const Error& error) { ran.resolve(failure(error)); });
  return within(parts_.config.bootLimit, ran.pending(), this, command + " did not end in time in the new system.");
}

void BuildTemplate::settleGuest() {
  if (!enter("Settling the guest")) return;
  failureCode_ = "snapshot_failed";
  session_.reset();
  awaitAbandonable(within(parts_.config.bootLimit, agent_->settle(true), this, "The guest agent did not come to rest in time."),
                   [this] { stopMachine(); });
}

void BuildTemplate::stopMachine() {
  if (!enter("Saving the machine")) return;
  await(machine_->standStill(), [this] { saveState(); });
}

void BuildTemplate::saveState() {
  await(machine_->saveState(stateFile()), [this] { commitSnapshot(); });
}

void BuildTemplate::commitSnapshot() {
  if (!enter("Writing the snapshot")) return;
  disconnect(machine_.get(), &Machine::ended, this, nullptr);
  auto manifest = files_.from;
  manifest.id = snapshotId_;
  manifest.kernelVersion = image_.kernelVersion;
  manifest.agentVersion = agent_->version();
  manifest.contentHash = image_.contentHash;
  manifest.facts = facts_;
  manifest.size = definition_.size;
  await(parts_.snapshots.commit(files_, stateFile(), manifest, SnapshotFiles::Take::Move), [this](const SnapshotManifest&) {
    undoWith([this] { return parts_.snapshots.remove(snapshotId_); });
    endMachine();
  });
}

void BuildTemplate::endMachine() {
  if (!enter("Finishing")) return;
  closeToCancel();
  await(machine_->end(), [this] { writeRow(); });
}

void BuildTemplate::writeRow() {
  const auto size = parts_.snapshots.allocatedBytes(snapshotId_);
  whenDone(size, this, [this](const Result<qint64>& bytes) {
    const auto* before = parts_.templates.find(*TemplateRef::parse(definition_.id));
    TemplateRecord record = before ? *before : TemplateRecord{};
    record.info.id = definition_.id;
    record.info.name = definition_.name;
    record.info.description = definition_.description;
    record.info.size = definition_.size;
    record.info.status = TemplateStatus::Ready;
    record.info.problem.clear();
    record.info.sizeBytes = bytes.value_or(0);
    record.info.builtAt = std::chrono::floor<std::chrono::microseconds>(parts_.clock.now());
    record.info.latestBuildId = subject().operation;
    record.snapshotId = snapshotId_;
    record.contentHash = image_.contentHash;
    record.defaults = {definition_.env, definition_.user, definition_.workingDirectory};
    await(parts_.templates.replace(record), [this](const TemplateInfo& info) {
      info_ = info;
      const auto folder = files_.workDirectory;
      whenDone(parts_.snapshots.removeWorkDirectory(folder), this, [this](const Result<void>&) { succeed(); });
    });
  });
}

Error BuildTemplate::worded(const Error& error) const {
  auto coded = error;
  // What is gone is the build's own machine, nothing that was asked for.
  if (coded.code == ErrorCode::Gone) coded.code = ErrorCode::Internal;
  static const QRegularExpression kCoded(QStringLiteral("^[a-z_]+: "));
  if (coded.code != ErrorCode::Cancelled && !kCoded.match(QString::fromStdString(coded.message)).hasMatch())
    coded.message = std::string(failureCode_) + ": " + coded.message;
  return coded;
}

void BuildTemplate::answer(const std::optional<Error>& error) {
  if (!error) return result_.resolve(*info_);
  const bool cancelled = error->code == ErrorCode::Cancelled;
  parts_.templates.markUnbuilt(definition_.id, cancelled ? std::string() : error->message, cancelled);
  result_.resolve(failure(*error));
}

}  // namespace terrarium
