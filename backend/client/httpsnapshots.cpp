// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/client/httpsnapshots.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTimer>

#include "backend/wire/jsonvalues.h"
#include "backend/wire/snapshotjson.h"

namespace terrarium {

namespace {
// Much memory on a slow disk takes its time; the server answers 202 long before.
constexpr std::chrono::minutes kPatience{2};
constexpr std::chrono::milliseconds kPoll{500};
constexpr int kPolls = 1800;

QByteArray compact(const QJsonObject& object) { return QJsonDocument(object).toJson(QJsonDocument::Compact); }
QString pathOf(const SnapshotId& id) { return QStringLiteral("/snapshots/") + qtText(id.value()); }
QString pathOf(const SandboxId& id, const QString& verb) { return QStringLiteral("/sandboxes/") + qtText(id.value()) + verb; }
}  // namespace

Pending<SnapshotInfo> HttpSnapshots::snapshotAnswer(const HttpQuestion& question) {
  const Resolver<SnapshotInfo> resolver;
  whenDone(calls_.call(question), this, [resolver](const Result<HttpAnswer>& answer) {
    if (!answer) return resolver.resolve(failure(answer.error()));
    resolver.resolve(snapshotFromJson(QJsonDocument::fromJson(answer->body).object()));
  });
  return resolver.pending();
}

Pending<TakenSnapshot> HttpSnapshots::take(const SandboxId& sandbox, const SnapshotSpec& spec) {
  const Resolver<TakenSnapshot> resolver;
  const HttpQuestion question{"POST", pathOf(sandbox, QStringLiteral("/snapshot")), {}, compact(toJson(spec)), {}, kPatience};
  whenDone(calls_.call(question), this, [this, resolver](const Result<HttpAnswer>& answer) {
    if (!answer) return resolver.resolve(failure(answer.error()));
    const auto info = snapshotFromJson(QJsonDocument::fromJson(answer->body).object());
    if (!info) return resolver.resolve(failure(info.error()));
    if (answer->status == 202) return awaitReady(info->id, resolver, kPolls);
    resolver.resolve(TakenSnapshot{*info, answer->status == 200});
  });
  return resolver.pending();
}

void HttpSnapshots::awaitReady(const SnapshotId& id, const Resolver<TakenSnapshot>& resolver, int attemptsLeft) {
  whenDone(get(id), this, [this, id, resolver, attemptsLeft](const Result<SnapshotInfo>& info) {
    if (!info) return resolver.resolve(failure(info.error()));
    if (info->status == SnapshotStatus::Ready) return resolver.resolve(TakenSnapshot{*info, false});
    if (info->status != SnapshotStatus::Creating || attemptsLeft == 0) {
      return resolver.resolve(failure(ErrorCode::Unavailable, "The snapshot did not become ready. Take it again."));
    }
    QTimer::singleShot(kPoll, this, [this, id, resolver, attemptsLeft] { awaitReady(id, resolver, attemptsLeft - 1); });
  });
}

Pending<std::vector<SnapshotInfo>> HttpSnapshots::list(const std::optional<SandboxId>& sandbox) {
  const Resolver<std::vector<SnapshotInfo>> resolver;
  const auto path = sandbox ? pathOf(*sandbox, QStringLiteral("/snapshots")) : QStringLiteral("/local/snapshots");
  whenDone(calls_.call({"GET", path}), this, [resolver](const Result<HttpAnswer>& answer) {
    if (!answer) return resolver.resolve(failure(answer.error()));
    std::vector<SnapshotInfo> snapshots;
    for (const auto& item : QJsonDocument::fromJson(answer->body).array()) {
      if (auto info = snapshotFromJson(item.toObject())) snapshots.push_back(std::move(*info));
    }
    resolver.resolve(std::move(snapshots));
  });
  return resolver.pending();
}

Pending<SnapshotInfo> HttpSnapshots::get(const SnapshotId& id) { return snapshotAnswer({"GET", pathOf(id)}); }

Pending<SnapshotInfo> HttpSnapshots::rename(const SnapshotId& id, const SnapshotName& name) {
  return snapshotAnswer({"PATCH", pathOf(id), {}, compact({{QStringLiteral("name"), qtText(name.value())}})});
}

Pending<void> HttpSnapshots::remove(const SnapshotId& id) {
  const Resolver<void> resolver;
  whenDone(calls_.call({"DELETE", pathOf(id)}), this, [resolver](const Result<HttpAnswer>& answer) {
    if (!answer) return resolver.resolve(failure(answer.error()));
    resolver.resolve({});
  });
  return resolver.pending();
}

}  // namespace terrarium
