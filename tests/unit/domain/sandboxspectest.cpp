// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QTest>
#include <functional>

#include "backend/domain/sandboxspec.h"

using namespace terrarium;

namespace {

SandboxRequest fullRequest() {
  SandboxRequest request;
  request.name = "agent 1";
  request.fromTemplate = "superserve/node-22";
  request.timeoutSeconds = 3600;
  request.autoDeleteSeconds = 0;
  request.metadata = {{"team", "core"}};
  request.envVars = {{"LEVEL", "debug"}};
  request.allowOut = {"api.test.org"};
  request.denyOut = {"0.0.0.0/0"};
  request.secrets = {{"TOKEN", "github"}};
  return request;
}

}  // namespace

class SandboxSpecTest : public QObject {
  Q_OBJECT
 private slots:
  void aFullRequestComesBackUnchanged() {
    const auto spec = SandboxSpec::parse(fullRequest());
    QVERIFY(spec);
    QCOMPARE(spec->toRequest(), fullRequest());
    QVERIFY(SandboxSpec::problems(fullRequest()).empty());
  }

  void onlyANameIsNeeded() {
    SandboxRequest request;
    request.name = "a";
    const auto spec = SandboxSpec::parse(request).value();
    QCOMPARE(spec.fromTemplate(), TemplateRef::defaultTemplate());
    QVERIFY(!spec.timeout() && !spec.autoDelete());
    QVERIFY(spec.egress().isDefault());
    QVERIFY(spec.metadata().entries().empty() && spec.envVars().entries().empty() && spec.secrets().entries().empty());
  }

  void eachFieldIsJudged_data() {
    QTest::addColumn<int>("field");
    QTest::addColumn<QByteArray>("wrongField");
    const char* names[] = {"name",     "from_template", "timeout_seconds",      "auto_delete_seconds",
                           "metadata", "env_vars.=",    "network.allow_out[1]", "network.deny_out[1]",
                           "secrets.9"};
    for (int i = 0; i < 9; ++i) QTest::newRow(names[i]) << i << QByteArray(names[i]);
  }
  void eachFieldIsJudged() {
    QFETCH(int, field);
    QFETCH(QByteArray, wrongField);
    auto request = fullRequest();
    const std::function<void()> spoilers[] = {[&] { request.name.clear(); },
                                              [&] { request.fromTemplate = "A"; },
                                              [&] { request.timeoutSeconds = 0; },
                                              [&] { request.autoDeleteSeconds = -1; },
                                              [&] { request.metadata[""] = "v"; },
                                              [&] { request.envVars["="] = "v"; },
                                              [&] { request.allowOut.push_back("*"); },
                                              [&] { request.denyOut.push_back("*"); },
                                              [&] { request.secrets["9"] = "s"; }};
    spoilers[field]();
    const auto spec = SandboxSpec::parse(request);
    QVERIFY(!spec);
    QCOMPARE(QByteArray::fromStdString(spec.error().field), wrongField);
  }

  void everyProblemIsReportedInFieldOrder() {
    auto request = fullRequest();
    request.name.clear();
    request.timeoutSeconds = 0;
    request.metadata["_superserve"] = "v";
    request.secrets["LEVEL"] = "github";
    const auto found = SandboxSpec::problems(request);
    QCOMPARE(found.size(), std::size_t{4});
    QCOMPARE(found[0].field, std::string("name"));
    QCOMPARE(found[1].field, std::string("timeout_seconds"));
    QCOMPARE(found[2].field, std::string("metadata._superserve"));
    QCOMPARE(found[3].field, std::string("secrets.LEVEL"));
    QCOMPARE(SandboxSpec::parse(request).error(), found[0]);
  }

  void aSnapshotTakesThePlaceOfTheTemplate() {
    auto request = fullRequest();
    request.fromSnapshot = "0b8f0c0e-5a3c-4f0e-9d2c-6f4d1c2b3a49";
    QCOMPARE(SandboxSpec::parse(request).error().field, std::string("from_snapshot"));
    request.fromTemplate.reset();
    const auto spec = SandboxSpec::parse(request);
    QVERIFY(spec && spec->fromSnapshot());
    QCOMPARE(spec->toRequest(), request);
    request.fromSnapshot = "latest";
    QCOMPARE(SandboxSpec::parse(request).error().field, std::string("from_snapshot"));
  }

  void aVariableCannotBeAValueAndASecret() {
    auto request = fullRequest();
    request.secrets = {{"LEVEL", "github"}};
    const auto spec = SandboxSpec::parse(request);
    QVERIFY(!spec);
    QCOMPARE(spec.error().field, std::string("secrets.LEVEL"));
    QVERIFY(spec.error().message.find("env_vars") != std::string::npos);
  }
};

QTEST_GUILESS_MAIN(SandboxSpecTest)
#include "sandboxspectest.moc"
