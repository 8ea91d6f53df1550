// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QTest>

#include "tests/unit/engine/enginerig.h"

namespace terrarium {

namespace {

SandboxRequest restricted() {
  auto request = sandboxRequest();
  request.allowOut = {"api.example.org"};
  request.denyOut = {"203.0.113.0/24"};
  return request;
}

}  // namespace

/// Which rules are in force when, and that a gateway ends with its machine.
class SandboxNetworkTest : public QObject {
  Q_OBJECT

 private slots:
  void rulesAreInForceBeforeCreateAnswers() {
    EngineRig rig;
    QVERIFY(rig.startWithBase());
    rig.script.hold("gateways.open");
    const auto creating = rig.engine->sandboxes().create(sandboxSpec(restricted()));
    QTRY_VERIFY(rig.script.isHeld("gateways.open"));
    QVERIFY(rig.gateways.inForce.empty());
    QCOMPARE(rig.list().front().state, SandboxState::Starting);
    rig.script.release("gateways.open");
    QVERIFY(succeeds(creating));
    const auto& rules = onlyRules(rig);
    QCOMPARE(rules.allowOut(), std::vector<std::string>{"api.example.org"});
    QCOMPARE(rules.denyOut(), std::vector<std::string>{"203.0.113.0/24"});
  }

  void withoutAGatewayThereIsNoSandbox() {
    EngineRig rig;
    QVERIFY(rig.startWithBase());
    rig.script.failAlways("gateways.open", {ErrorCode::Unavailable, "The gateway did not start.", {}, {}});
    QCOMPARE(errorOf(rig.engine->sandboxes().create(sandboxSpec(restricted()))).message, std::string("The gateway did not start."));
    QTRY_COMPARE(rig.litter(), std::string());
  }

  void changedRulesAreAppliedBeforeTheAnswer() {
    EngineRig rig;
    QVERIFY(rig.startWithBase());
    const auto info = rig.create();
    QVERIFY(info);
    PatchRequest request;
    request.network = PatchRequest::Network{{"198.51.100.7"}, {}};
    QVERIFY(succeeds(rig.engine->sandboxes().update(info->id, sandboxPatch(request))));
    QCOMPARE(onlyRules(rig).allowOut(), std::vector<std::string>{"198.51.100.7"});
  }

  void rulesHoldOverPauseAndResume() {
    EngineRig rig;
    QVERIFY(rig.startWithBase());
    const auto info = rig.create(restricted());
    QVERIFY(info && succeeds(rig.engine->sandboxes().pause(info->id)));
    QVERIFY(rig.gateways.inForce.empty());
    QVERIFY(succeeds(rig.engine->sandboxes().resume(info->id)));
    QCOMPARE(onlyRules(rig).allowOut(), std::vector<std::string>{"api.example.org"});
  }

  void theGatewayGoesWithItsSandbox() {
    EngineRig rig;
    QVERIFY(rig.startWithBase());
    const auto info = rig.create(restricted());
    QVERIFY(info && succeeds(rig.engine->sandboxes().remove(info->id)));
    QTRY_VERIFY(rig.gateways.inForce.empty());
  }

 private:
  static const EgressRules& onlyRules(const EngineRig& rig) {
    if (rig.gateways.inForce.size() != 1) qFatal("%zu gateways", rig.gateways.inForce.size());
    return rig.gateways.inForce.begin()->second;
  }
};

}  // namespace terrarium

QTEST_GUILESS_MAIN(terrarium::SandboxNetworkTest)
#include "sandboxnetworktest.moc"
