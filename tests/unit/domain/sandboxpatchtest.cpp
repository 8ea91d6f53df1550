// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QTest>

#include "backend/domain/sandboxpatch.h"

using namespace terrarium;

class SandboxPatchTest : public QObject {
  Q_OBJECT
 private slots:
  void anEmptyPatchIsRefused() {
    const auto patch = SandboxPatch::parse({});
    QVERIFY(!patch);
    QCOMPARE(patch.error().code, ErrorCode::BadRequest);
    QVERIFY(patch.error().message.find("timeout_seconds") != std::string::npos);
  }

  void absentNullAndValueDiffer() {
    PatchRequest request;
    request.timeoutSeconds = std::optional<std::int64_t>();
    const auto cleared = SandboxPatch::parse(request).value();
    QVERIFY(cleared.timeout().has_value());
    QVERIFY(!cleared.timeout()->has_value());
    QVERIFY(!cleared.autoDelete().has_value());
    QVERIFY(!cleared.metadata() && !cleared.egress());

    request.timeoutSeconds = std::optional<std::int64_t>(60);
    QCOMPARE(SandboxPatch::parse(request).value().timeout()->value().value(), std::chrono::seconds(60));
  }

  void emptyMapsAndRulesAreChanges() {
    PatchRequest request;
    request.metadata.emplace();
    request.network.emplace();
    const auto patch = SandboxPatch::parse(request).value();
    QCOMPARE(patch.metadata().value(), Metadata::none());
    QCOMPARE(patch.egress().value(), EgressRules::open());
  }

  void aPatchComesBackUnchanged() {
    PatchRequest request;
    request.metadata = Metadata::Entries{{"a", "b"}};
    request.network = PatchRequest::Network{{"a.example.com"}, {"1.2.3.4"}};
    request.timeoutSeconds = std::optional<std::int64_t>();
    request.autoDeleteSeconds = std::optional<std::int64_t>(5);
    QCOMPARE(SandboxPatch::parse(request).value().toRequest(), request);
  }

  void eachFieldIsJudged() {
    PatchRequest request;
    request.metadata = Metadata::Entries{{"superserve.x", ""}};
    QCOMPARE(SandboxPatch::parse(request).error().field, std::string("metadata.superserve.x"));
    request = {};
    request.network = PatchRequest::Network{{}, {"a.example.com"}};
    QCOMPARE(SandboxPatch::parse(request).error().field, std::string("network.deny_out[0]"));
    request = {};
    request.timeoutSeconds = std::optional<std::int64_t>(0);
    QCOMPARE(SandboxPatch::parse(request).error().field, std::string("timeout_seconds"));
    request = {};
    request.autoDeleteSeconds = std::optional<std::int64_t>(-1);
    QCOMPARE(SandboxPatch::parse(request).error().field, std::string("auto_delete_seconds"));
  }
};

QTEST_GUILESS_MAIN(SandboxPatchTest)
#include "sandboxpatchtest.moc"
