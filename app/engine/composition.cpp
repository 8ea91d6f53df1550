// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/engine/composition.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QLoggingCategory>
#include <algorithm>
#include <unistd.h>

#include "app/engine/deadlineledger.h"
#include "backend/egress/processgateways.h"
#include "backend/engine/sandboxengine.h"
#include "backend/guest/serialguestagents.h"
#include "backend/httpapi/httpserver.h"
#include "backend/qemu/disksnapshotfiles.h"
#include "backend/qemu/qemuhypervisor.h"
#include "backend/store/sqliteactivitystore.h"
#include "backend/store/sqlitedatabase.h"
#include "backend/store/sqlitesandboxstore.h"
#include "backend/store/sqlitesnapshotstore.h"
#include "backend/store/sqlitetemplatestore.h"
#include "backend/support/clock.h"
#include "backend/templates/debiantemplateimages.h"

namespace terrarium {

Q_LOGGING_CATEGORY(compositionLog, "terrarium.engine")

namespace {

constexpr std::size_t kWaiting = 1;
constexpr int kMostWaiting = 8;
constexpr int kMostRequests = 1'000'000;

/// The first of the given paths, relative to the program's folder, that exists; the first when none does, for the error message.
QString besideProgram(const QStringList& candidates) {
  const QDir folder(QCoreApplication::applicationDirPath());
  for (const auto& candidate : candidates) {
    if (QFileInfo::exists(folder.filePath(candidate))) return QDir::cleanPath(folder.filePath(candidate));
  }
  return QDir::cleanPath(folder.filePath(candidates.first()));
}

QString definitionsDirectory() {
  const auto chosen = qEnvironmentVariable("TERRARIUM_TEMPLATES");
  return chosen.isEmpty() ? besideProgram({QStringLiteral("../share/terrarium/templates")}) : chosen;
}

QemuHypervisor::Config hypervisorConfig(const Directories& directories) {
  QemuHypervisor::Config config;
  config.cacheDirectory = directories.cache;
  config.acceleratorOverride = qEnvironmentVariable("TERRARIUM_ACCEL");
  if (const auto program = qEnvironmentVariable("TERRARIUM_QEMU"); !program.isEmpty()) config.program = program;
  return config;
}

TemplateImagesSetup imagesSetup(const Directories& directories) {
  TemplateImagesSetup setup;
  setup.cacheDirectory = directories.cache + QStringLiteral("/images");
  setup.definitionsDirectory = definitionsDirectory();
  setup.agentBinary = besideProgram({QStringLiteral("terrarium-agent"), QStringLiteral("../lib/terrarium/terrarium-agent")});
  return setup;
}

GatewayPrograms gatewayPrograms() {
  const auto program = [](const char* name) {
    return besideProgram({QLatin1String(name), QStringLiteral("../lib/terrarium/") + QLatin1String(name)});
  };
  return {program("terrarium-netstack"), program("terrarium-egress"), ::geteuid() == 0 ? unprivilegedUser() : std::nullopt};
}

EngineConfig engineConfig(const Directories& directories) {
  EngineConfig config;
  config.workRoot = directories.data + QStringLiteral("/sandboxes");
  config.version = TERRARIUM_VERSION;
  bool isNumber = false;
  const auto waiting = qEnvironmentVariableIntValue("TERRARIUM_WAITING", &isNumber);
  config.waitingMachines = isNumber ? std::size_t(std::clamp(waiting, 0, kMostWaiting)) : kWaiting;
  return config;
}

HttpConfig httpConfig(const Credentials& credentials, quint16 port) {
  HttpConfig config;
  config.port = port;
  config.apiKey = credentials.apiKey;
  config.tokenSeed = credentials.tokenSeed;
  config.version = QStringLiteral(TERRARIUM_VERSION);
  bool isNumber = false;
  const auto perSecond = qEnvironmentVariableIntValue("TERRARIUM_REQUESTS_PER_SECOND", &isNumber);
  if (isNumber && perSecond > 0) {
    config.requestsPerSecond = std::min(perSecond, kMostRequests);
    config.requestBurst = 2 * config.requestsPerSecond;
  }
  return config;
}

}  // namespace

struct Composition::Parts {
  Parts(const Directories& directories, const Credentials& keys)
      : credentials(keys),
        hypervisor(hypervisorConfig(directories)),
        snapshots({directories.data + QStringLiteral("/snapshots"), directories.data + QStringLiteral("/layers"),
                   directories.data + QStringLiteral("/sandboxes")}),
        gateways(gatewayPrograms()),
        images(imagesSetup(directories)),
        database(directories.data + QStringLiteral("/terrarium.sqlite")),
        sandboxStore(database),
        templateStore(database),
        snapshotStore(database),
        activityStore(database),
        engine({hypervisor, snapshots, agents, gateways, images, sandboxStore, templateStore, snapshotStore, activityStore, clock},
               engineConfig(directories)),
        ledger((directories.state + QStringLiteral("/deadlines")).toStdString()) {}

  /// Tells the supervisor what to end while there is no engine.
  void writeLedger() const {
    std::vector<DeadlineLedger::Entry> entries;
    for (const auto& deadline : engine.machineDeadlines()) {
      const auto unixTime = std::chrono::duration_cast<std::chrono::seconds>(deadline.at.time_since_epoch()).count();
      entries.push_back({unixTime, deadline.processId, deadline.cookie});
    }
    if (!ledger.write(entries)) qCWarning(compositionLog, "the ledger of deadlines cannot be written");
  }

  Credentials credentials;
  SystemClock clock;
  QemuHypervisor hypervisor;
  DiskSnapshotFiles snapshots;
  SerialGuestAgents agents;
  ProcessGateways gateways;
  DebianTemplateImages images;
  SqliteDatabase database;
  SqliteSandboxStore sandboxStore;
  SqliteTemplateStore templateStore;
  SqliteSnapshotStore snapshotStore;
  SqliteActivityStore activityStore;
  SandboxEngine engine;
  DeadlineLedger ledger;
  std::unique_ptr<HttpServer> server;
};

Composition::Composition(const Directories& directories, const Credentials& credentials, Reach reach)
    : parts_(std::make_unique<Parts>(directories, credentials)), reach_(std::move(reach)) {
  if (const auto& problem = parts_->images.definitionsProblem()) qCWarning(compositionLog, "%s", problem->message.c_str());
  const auto& events = parts_->engine.events();
  connect(&events, &Events::sandboxChanged, this, [this] { parts_->writeLedger(); });
  connect(&parts_->engine, &SandboxEngine::deadlinesChanged, this, [this] { parts_->writeLedger(); });
  connect(&events, &Events::sandboxRemoved, this, [this] { parts_->writeLedger(); });
}

Composition::~Composition() = default;

Pending<quint16> Composition::start(PortChoice port) {
  const Resolver<quint16> started;
  whenDone(parts_->engine.start(), this, [this, started, port](const Result<void>& ready) {
    if (!ready) return started.resolve(failure(ready.error()));
    auto listening = listen(port.preferred);
    if (!listening && !port.required && port.preferred != 0) listening = listen(0);
    started.resolve(listening);
  });
  return started.pending();
}

Result<quint16> Composition::listen(quint16 port) {
  auto config = httpConfig(parts_->credentials, port);
  config.addresses = reach_.addresses;
  config.hostNames = reach_.hostNames;
  parts_->server = std::make_unique<HttpServer>(parts_->engine, config);
  return parts_->server->start();
}

Pending<void> Composition::stop() {
  if (parts_->server) parts_->server->stop();
  return parts_->engine.shutDown();
}

}  // namespace terrarium
