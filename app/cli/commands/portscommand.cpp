// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/commands/portscommand.h"

#include "app/cli/table.h"

namespace terrarium {

namespace {
// Measurements come once a second.
constexpr std::chrono::seconds kPatience{10};
}  // namespace

Verb PortsCommand::describe(Verb parent) {
  auto verb = parent.verb("ports", "List what listens in a sandbox, with the address for a browser");
  verb.option("sandbox", sandbox_, "Name, identity or the beginning of one").required();
  return verb;
}

void PortsCommand::run() {
  withSandbox(sandbox_, [this](HttpFacade& facade, const SandboxInfo& info) {
    if (info.state != SandboxState::Active) {
      return fail({ErrorCode::NotRunning, "The sandbox is " + std::string(phaseName(info.state)) +
                                              ", so nothing listens. 'terrariumctl resume' wakes a paused one."});
    }
    limit_.setSingleShot(true);
    connect(&limit_, &QTimer::timeout, this, [this] {
      fail({ErrorCode::TimedOut, "No measurement of the sandbox came. This engine may not tell what listens."});
    });
    limit_.start(kPatience);
    connect(&facade.events(), &Events::statisticsChanged, this, [this, &facade, id = info.id](const SandboxStatistics& statistics) {
      if (statistics.id != id.value() || !limit_.isActive()) return;
      limit_.stop();
      print(facade, id, statistics.listeningPorts);
      succeed();
    });
  });
}

void PortsCommand::print(HttpFacade& facade, const SandboxId& id, const std::vector<int>& ports) {
  QJsonArray array;
  Table table({"PORT", "URL"});
  for (const int port : ports) {
    const auto url = facade.ports().previewUrl(id, port);
    QJsonObject row{{QStringLiteral("port"), port}};
    if (url) row.insert(QStringLiteral("url"), url->toString());
    array.append(row);
    table.add({std::to_string(port), url ? url->toString().toStdString() : "-"});
  }
  if (wantsJson()) return console().out(array);
  if (ports.empty()) return console().note("Nothing listens in this sandbox.");
  console().out(table.text());
}

}  // namespace terrarium
