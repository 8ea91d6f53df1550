// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QTest>
#include <algorithm>
#include <memory>
#include <optional>

#include "backend/engine/sandboxengine.h"
#include "tests/support/answers.h"
#include "tests/support/builders.h"
#include "tests/support/fakegateways.h"
#include "tests/support/fakeguestagents.h"
#include "tests/support/fakehypervisor.h"
#include "tests/support/fakesnapshotfiles.h"
#include "tests/support/fakestores.h"
#include "tests/support/faketemplateimages.h"
#include "tests/support/manualclock.h"

namespace terrarium {

/// An engine on fakes. The fakes outlive it, so that it can die and be started again.
struct EngineRig {
  CallScript script;
  FakeHypervisor hypervisor{script};
  FakeSnapshotFiles snapshots{script};
  FakeGuestAgents agents{script};
  FakeGateways gateways{script};
  FakeTemplateImages images{script};
  FakeSandboxStore sandboxStore{script};
  FakeTemplateStore templateStore{script};
  FakeSnapshotStore snapshotStore{script};
  FakeActivityStore activityStore;
  ManualClock clock;
  EngineConfig config;
  std::unique_ptr<SandboxEngine> engine;
  std::vector<SandboxState> announced;
  std::vector<OperationProgress> progress;

  EngineRig() {
    config.workRoot = QStringLiteral("/work");
    config.version = "1.2.3";
    config.deadlineRecheck = std::chrono::milliseconds(5);
    config.spaceRecheck = std::chrono::milliseconds(5);
    config.activateLimit = std::chrono::milliseconds(2000);
    config.agentLimit = std::chrono::milliseconds(150);
  }

  bool start() {
    engine = std::make_unique<SandboxEngine>(EnginePorts{hypervisor, snapshots, agents, gateways, images, sandboxStore,
                                                         templateStore, snapshotStore, activityStore, clock},
                                             config);
    QObject::connect(&engine->events(), &Events::sandboxChanged, engine.get(),
                     [this](const SandboxInfo& info) { announced.push_back(info.state); });
    QObject::connect(&engine->events(), &Events::operationProgressed, engine.get(),
                     [this](const OperationProgress& now) { progress.push_back(now); });
    return succeeds(engine->start());
  }
  /// Started, with the base template built.
  bool startWithBase() {
    if (!start() || !succeeds(engine->templates().build(TemplateRef::defaultTemplate()))) return false;
    script.forget();
    announced.clear();
    progress.clear();
    return true;
  }
  /// The engine's process is gone from one moment to the next; machines stay.
  void kill() {
    hypervisor.engineDied = true;
    engine.reset();
    hypervisor.engineDied = false;
  }

  std::optional<SandboxInfo> create(const SandboxRequest& request = sandboxRequest()) {
    const auto answer = answerOf(engine->sandboxes().create(sandboxSpec(request)));
    if (!answer || !*answer) return std::nullopt;
    return **answer;
  }
  std::optional<SandboxInfo> get(const SandboxId& id) {
    const auto answer = answerOf(engine->sandboxes().get(id));
    if (!answer || !*answer) return std::nullopt;
    return **answer;
  }
  std::vector<SandboxInfo> list() {
    const auto answer = answerOf(engine->sandboxes().list({}));
    return answer && *answer ? (*answer)->items : std::vector<SandboxInfo>{};
  }
  std::string baseSnapshot() const { return templateStore.rows.at("00000000-0000-4000-8000-000000000001").snapshotId; }

  /// What is left of sandboxes: rows, machines, working directories and snapshots besides the template's.
  std::string litter() {
    std::string found;
    for (const auto& info : list()) found += "listed " + info.id.value() + "; ";
    for (const auto& [id, row] : sandboxStore.rows) found += "row " + id.value() + "; ";
    for (const auto& [folder, process] : hypervisor.processes) found += "machine " + folder.toStdString() + "; ";
    for (const auto& folder : snapshots.workDirectories) found += "folder " + folder.toStdString() + "; ";
    for (const auto& [id, manifest] : snapshots.snapshots) {
      if (id != baseSnapshot()) found += "snapshot " + id + "; ";
    }
    for (const auto& [name, rules] : gateways.inForce) found += "gateway " + name.toStdString() + "; ";
    return found;
  }
};

}  // namespace terrarium
