// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/demo/demotemplates.h"

#include <QCryptographicHash>
#include <algorithm>

#include "backend/domain/sandboxid.h"

namespace terrarium {

namespace {

constexpr std::int64_t kMib = 1024LL * 1024;

TemplateInfo ready(const std::string& id, const std::string& name, const std::string& description, std::int64_t megabytes,
                   WallTime now) {
  TemplateInfo info;
  info.id = id;
  info.name = name;
  info.status = TemplateStatus::Ready;
  info.system = name.rfind(TemplateRef::kSystemPrefix, 0) == 0;
  info.description = description;
  info.sizeBytes = megabytes * kMib;
  info.createdAt = now - std::chrono::hours(24 * 12);
  info.builtAt = info.createdAt + std::chrono::seconds(74);
  info.latestBuildId = "b" + id.substr(1);
  return info;
}

std::vector<TemplateInfo> initialTemplates(WallTime now) {
  auto tools = ready("a1000000-0000-4000-8000-000000000005", "agent-tools", "ripgrep, tmux and a compiler on top of base.", 0, now);
  tools.status = TemplateStatus::Failed;
  tools.problem = "step_failed: step 3 of 5 ended with exit code 100: apt-get could not find the package ripgrep-all";
  tools.builtAt.reset();
  tools.size = MachineSize::parse(2, 2048, 8192).value();
  return {ready("a1000000-0000-4000-8000-000000000001", "superserve/base",
                "Debian 12 with curl, git, python3, jq and the usual tools.", 412, now),
          ready("a1000000-0000-4000-8000-000000000002", "superserve/python-3.11", "Base with Python 3.11, venv, pip and requests.",
                498, now),
          ready("a1000000-0000-4000-8000-000000000003", "superserve/node-22", "Base with Node.js 22 and npm.", 561, now),
          ready("a1000000-0000-4000-8000-000000000004", "my-python-env",
                "Python 3.11 with numpy, pandas and a warm Jupyter kernel.", 934, now),
          tools};
}

std::vector<DemoStage> buildStages() {
  return {{"Preparing the root file system", {"Step 1/5", "User: user", "Step 2/5", "Set LANG", "Working directory: /home/user"}},
          {"Running the build steps",
           {"Step 3/5", "$ apt-get install -y ripgrep tmux build-essential", "Reading package lists...",
            "Setting up ripgrep (13.0.0-4) ...", "Setting up tmux (3.3a-3) ...", "Step 4/5", "$ rg --version", "ripgrep 13.0.0",
            "Step 5/5", "$ cc --version", "cc (Debian 12.2.0-14) 12.2.0"}},
          {"Booting the machine", {"Booting kernel", "guest agent answers after 1.9 s"}},
          {"Taking the snapshot", {"Saving device state", "Hashing memory and disk"}}};
}

std::string specHashOf(const TemplateInfo& info) {
  return QCryptographicHash::hash(QByteArray::fromStdString(info.id), QCryptographicHash::Sha256).toHex().toStdString();
}

Failure unknownTemplate(const TemplateRef& ref) {
  return failure(Error{ErrorCode::NotFound, "There is no template " + ref.value() + ".", {}, "from_template"});
}

}  // namespace

DemoTemplates::DemoTemplates(const DemoOptions& options, const Clock& clock, Events& events)
    : options_(options), clock_(clock), events_(events), journal_(clock, events), templates_(initialTemplates(clock.now())) {}

Pending<std::vector<TemplateInfo>> DemoTemplates::list() {
  return settled<std::vector<TemplateInfo>>(Result<std::vector<TemplateInfo>>(templates_));
}

Pending<TemplateInfo> DemoTemplates::get(const TemplateRef& ref) {
  const auto* found = find(ref);
  if (found == nullptr) return settled<TemplateInfo>(unknownTemplate(ref));
  return settled<TemplateInfo>(Result<TemplateInfo>(*found));
}

Pending<TemplateInfo> DemoTemplates::build(const TemplateRef& ref) {
  auto* info = findMutable(ref);
  if (info == nullptr) return settled<TemplateInfo>(unknownTemplate(ref));
  if (const auto running = builds_.find(info->id); running != builds_.end()) return running->second.resolver.pending();

  auto& build = builds_[info->id];
  build.statusBefore = info->status;
  info->latestBuildId = randomUuid();
  journal_.enter(info->latestBuildId, info->id, specHashOf(*info));
  // A template that was built before stays usable while it is built anew.
  if (info->status != TemplateStatus::Ready) info->status = TemplateStatus::Building;
  OperationProgress head;
  head.operation = info->latestBuildId;
  head.kind = OperationKind::BuildTemplate;
  head.subjectId = info->id;
  head.subjectName = info->name;
  build.operation = std::make_unique<DemoOperation>(std::move(head), buildStages(), options_.stage, events_, nullptr);
  connect(build.operation.get(), &DemoOperation::done, this, [this, id = info->id] { finishBuild(id); });
  emit events_.templateChanged(*info);
  return build.resolver.pending();
}

Pending<std::vector<BuildInfo>> DemoTemplates::builds(const TemplateRef& ref) {
  const auto* info = find(ref);
  if (info == nullptr) return settled<std::vector<BuildInfo>>(unknownTemplate(ref));
  return settled<std::vector<BuildInfo>>(journal_.of(*info, specHashOf(*info)));
}

Pending<BuildLogPart> DemoTemplates::buildLog(const TemplateRef& ref, const std::string& build, std::size_t from) {
  const auto* info = find(ref);
  if (info == nullptr) return settled<BuildLogPart>(unknownTemplate(ref));
  return settled<BuildLogPart>(journal_.log(*info, specHashOf(*info), build, from));
}

Pending<void> DemoTemplates::cancelBuild(const TemplateRef& ref) {
  auto* info = findMutable(ref);
  if (info == nullptr) return settled<void>(unknownTemplate(ref));
  auto running = builds_.extract(info->id);
  if (running.empty()) return settled<void>(Result<void>());
  const Error cancelled{ErrorCode::Cancelled, "The build of " + info->name + " was cancelled.", {}, {}};
  info->status = running.mapped().statusBefore;
  running.mapped().operation->end(cancelled);
  running.mapped().resolver.resolve(failure(cancelled));
  retire(std::move(running.mapped().operation));
  emit events_.templateChanged(*info);
  return settled<void>(Result<void>());
}

void DemoTemplates::finishBuild(const std::string& id) {
  auto running = builds_.extract(id);
  auto* info = findMutable(TemplateRef::parse(id).value());
  if (running.empty() || info == nullptr) return;
  info->status = TemplateStatus::Ready;
  info->problem.clear();
  info->builtAt = clock_.now();
  if (info->sizeBytes == 0) info->sizeBytes = 688 * kMib;
  emit events_.templateChanged(*info);
  running.mapped().operation->end({});
  running.mapped().resolver.resolve(*info);
  retire(std::move(running.mapped().operation));
}

const TemplateInfo* DemoTemplates::find(const TemplateRef& ref) const {
  const auto found = std::find_if(templates_.begin(), templates_.end(),
                                  [&](const TemplateInfo& info) { return info.name == ref.value() || info.id == ref.value(); });
  return found == templates_.end() ? nullptr : &*found;
}

TemplateInfo* DemoTemplates::findMutable(const TemplateRef& ref) {
  for (auto& info : templates_) {
    if (info.name == ref.value() || info.id == ref.value()) return &info;
  }
  return nullptr;
}

}  // namespace terrarium
