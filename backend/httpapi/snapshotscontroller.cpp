// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/httpapi/snapshotscontroller.h"

#include <QJsonArray>
#include <QTimer>
#include <chrono>

#include "backend/httpapi/sandboxescontroller.h"
#include "backend/wire/requestjson.h"
#include "backend/wire/snapshotjson.h"

namespace terrarium {

namespace {
// Clients of this contract give up on an answer after 30 s.
constexpr std::chrono::milliseconds kTakePatience{25000};

std::optional<SnapshotId> snapshotIdOf(const RouteCall& call) {
  auto id = SnapshotId::parse(call.parameters.value(0).toStdString());
  if (id) return *id;
  call.exchange.respondError(id.error());
  return std::nullopt;
}

void respondSnapshot(Exchange& exchange, const Pending<SnapshotInfo>& pending) {
  whenDone(pending, &exchange, [&exchange](const Result<SnapshotInfo>& info) {
    if (info)
      exchange.respond(200, toJson(*info));
    else
      exchange.respondError(info.error());
  });
}

void respondFailure(Exchange& exchange, const Error& error) {
  if (error.code == ErrorCode::SnapshotInProgress) return exchange.respondError(error, {{"Retry-After", "1"}});
  exchange.respondError(error);
}
}  // namespace

void SnapshotsController::take(const RouteCall& call) {
  const auto id = idOf(call);
  if (!id) return;
  auto& exchange = call.exchange;
  exchange.collectBody(config_, [this, &exchange, id = *id](const QByteArray& body) {
    const auto spec = readSnapshotRequest(body);
    if (!spec) return exchange.respondError(spec.error());
    whenDone(facade_.snapshots().take(id, *spec), &exchange, [&exchange](const Result<TakenSnapshot>& taken) {
      if (!taken) return respondFailure(exchange, taken.error());
      exchange.respond(taken->isRepeated ? 200 : 201, toJson(taken->info));
    });
    // It goes on by itself; the list shows it as `creating` until it is ready.
    QTimer::singleShot(kTakePatience, &exchange, [this, &exchange, id] {
      whenDone(facade_.snapshots().list(id), &exchange, [&exchange](const Result<std::vector<SnapshotInfo>>& snapshots) {
        if (!snapshots) return;
        for (const auto& info : *snapshots) {
          if (info.status == SnapshotStatus::Creating) return exchange.respond(202, toJson(info), {{"Retry-After", "1"}});
        }
      });
    });
  });
}

void SnapshotsController::list(Exchange& exchange, const std::optional<SandboxId>& sandbox) {
  whenDone(facade_.snapshots().list(sandbox), &exchange, [&exchange](const Result<std::vector<SnapshotInfo>>& snapshots) {
    if (!snapshots) return exchange.respondError(snapshots.error());
    QJsonArray items;
    for (const auto& info : *snapshots) items.append(toJson(info));
    exchange.respond(200, items, {{"X-Total-Count", QByteArray::number(items.size())}});
  });
}

void SnapshotsController::listOfSandbox(const RouteCall& call) {
  if (const auto id = idOf(call)) list(call.exchange, *id);
}

void SnapshotsController::listAll(const RouteCall& call) { list(call.exchange, std::nullopt); }

void SnapshotsController::get(const RouteCall& call) {
  if (const auto id = snapshotIdOf(call)) respondSnapshot(call.exchange, facade_.snapshots().get(*id));
}

void SnapshotsController::rename(const RouteCall& call) {
  const auto id = snapshotIdOf(call);
  if (!id) return;
  auto& exchange = call.exchange;
  exchange.collectBody(config_, [this, &exchange, id = *id](const QByteArray& body) {
    const auto name = readRenameRequest(body);
    if (!name) return exchange.respondError(name.error());
    respondSnapshot(exchange, facade_.snapshots().rename(id, *name));
  });
}

void SnapshotsController::remove(const RouteCall& call) {
  if (const auto id = snapshotIdOf(call)) respondWith(call.exchange, facade_.snapshots().remove(*id));
}

}  // namespace terrarium
