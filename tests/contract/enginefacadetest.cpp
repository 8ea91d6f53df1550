// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/engine/sandboxengine.h"
#include "tests/contract/facadecontract.h"
#include "tests/contract/shellguestagents.h"
#include "tests/support/answers.h"
#include "tests/support/fakegateways.h"
#include "tests/support/fakehypervisor.h"
#include "tests/support/fakesnapshotfiles.h"
#include "tests/support/fakestores.h"
#include "tests/support/faketemplateimages.h"

using namespace terrarium;

namespace {

/// The real engine; its machines, files and stores are in memory, its guests are the demonstration's shell.
class EngineFixture final : public FacadeFixture {
 public:
  EngineFixture() {
    if (!succeeds(engine_.start()) || !succeeds(engine_.templates().build(TemplateRef::defaultTemplate()))) {
      qFatal("the engine does not start");
    }
  }
  [[nodiscard]] Facade& facade() override { return engine_; }

 private:
  static EngineConfig config() {
    EngineConfig config;
    config.workRoot = QStringLiteral("/work");
    config.version = "1.2.3";
    config.deadlineRecheck = std::chrono::milliseconds(20);
    return config;
  }

  CallScript script_;
  FakeHypervisor hypervisor_{script_};
  FakeSnapshotFiles snapshots_{script_};
  ShellGuestAgents agents_;
  FakeGateways gateways_{script_};
  FakeTemplateImages images_{script_};
  FakeSandboxStore sandboxStore_{script_};
  FakeTemplateStore templateStore_{script_};
  FakeSnapshotStore snapshotStore_{script_};
  FakeActivityStore activityStore_;
  SystemClock clock_;
  SandboxEngine engine_{EnginePorts{hypervisor_, snapshots_, agents_, gateways_, images_, sandboxStore_, templateStore_,
                                    snapshotStore_, activityStore_, clock_},
                        config()};
};

}  // namespace

int main(int argc, char** argv) {
  return runFacadeContract(argc, argv, [] { return std::make_unique<EngineFixture>(); });
}
