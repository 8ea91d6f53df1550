// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/client/httpsandboxes.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTimer>

#include "backend/wire/jsonvalues.h"
#include "backend/wire/sandboxjson.h"
#include "backend/wire/snapshotjson.h"

namespace terrarium {

namespace {
// Emulated machines save and restore memory slowly; the server gives up long before.
constexpr std::chrono::minutes kMachinePatience{10};
constexpr std::chrono::milliseconds kPausePoll{300};
constexpr int kPausePolls = 1000;

QString pathOf(const SandboxId& id, const QString& verb = {}) { return QStringLiteral("/sandboxes/") + qtText(id.value()) + verb; }

QByteArray compact(const QJsonObject& object) { return QJsonDocument(object).toJson(QJsonDocument::Compact); }

QString sortName(SandboxSort sort) {
  switch (sort) {
    case SandboxSort::CreatedAt:
      return QStringLiteral("created_at");
    case SandboxSort::Name:
      return QStringLiteral("name");
    case SandboxSort::Status:
      return QStringLiteral("status");
  }
  return {};
}
}  // namespace

QUrlQuery urlQuery(const SandboxQuery& query) {
  QUrlQuery result;
  const auto add = [&result](const QString& key, const std::string& value) { result.addQueryItem(key, percentEncoded(value)); };
  for (const auto& [key, value] : query.metadata) add(QStringLiteral("metadata.") + percentEncoded(key), value);
  if (!query.nameContains.empty()) add(QStringLiteral("q"), query.nameContains);
  if (query.status) add(QStringLiteral("status"), *query.status);
  if (query.sort != SandboxSort::CreatedAt || query.ascending) {
    result.addQueryItem(QStringLiteral("sort"), sortName(query.sort));
    result.addQueryItem(QStringLiteral("order"), query.ascending ? QStringLiteral("asc") : QStringLiteral("desc"));
  }
  if (query.limit) result.addQueryItem(QStringLiteral("limit"), QString::number(*query.limit));
  if (query.offset > 0) result.addQueryItem(QStringLiteral("offset"), QString::number(query.offset));
  return result;
}

Pending<SandboxInfo> HttpSandboxes::sandboxAnswer(const HttpQuestion& question) {
  const Resolver<SandboxInfo> resolver;
  whenDone(calls_.call(question), this, [this, resolver](const Result<HttpAnswer>& answer) {
    if (!answer) return resolver.resolve(failure(answer.error()));
    const auto object = QJsonDocument::fromJson(answer->body).object();
    tokens_.learn(object);
    resolver.resolve(sandboxFromJson(object));
  });
  return resolver.pending();
}

Pending<void> HttpSandboxes::emptyAnswer(const HttpQuestion& question) {
  const Resolver<void> resolver;
  whenDone(calls_.call(question), this, [resolver](const Result<HttpAnswer>& answer) {
    if (!answer) return resolver.resolve(failure(answer.error()));
    resolver.resolve({});
  });
  return resolver.pending();
}

Pending<SandboxInfo> HttpSandboxes::create(const SandboxSpec& spec, const OperationId& operation) {
  HttpQuestion question{"POST", QStringLiteral("/sandboxes"), {}, compact(toJson(spec)), {}, kMachinePatience};
  if (!operation.empty()) question.headers.append({"X-Terrarium-Operation", QByteArray::fromStdString(operation)});
  return sandboxAnswer(question);
}

Pending<void> HttpSandboxes::cancel(const OperationId& operation) {
  return emptyAnswer({"DELETE", QStringLiteral("/local/operations/") + percentEncoded(operation)});
}

Pending<SandboxPage> HttpSandboxes::list(const SandboxQuery& query) {
  const Resolver<SandboxPage> resolver;
  whenDone(calls_.call({"GET", QStringLiteral("/sandboxes"), urlQuery(query)}), this, [resolver](const Result<HttpAnswer>& answer) {
    if (!answer) return resolver.resolve(failure(answer.error()));
    const auto document = QJsonDocument::fromJson(answer->body);
    if (!document.isArray()) {
      return resolver.resolve(
          failure(ErrorCode::Unavailable, "The answer is not a list of sandboxes. Check the engine's address."));
    }
    SandboxPage page;
    for (const auto& item : document.array()) {
      if (auto info = sandboxFromJson(item.toObject())) page.items.push_back(std::move(*info));
    }
    bool counted = false;
    const auto total = answer->header("X-Total-Count").toULongLong(&counted);
    page.total = counted ? static_cast<std::size_t>(total) : page.items.size();
    resolver.resolve(std::move(page));
  });
  return resolver.pending();
}

Pending<SandboxInfo> HttpSandboxes::get(const SandboxId& id) { return sandboxAnswer({"GET", pathOf(id)}); }

Pending<void> HttpSandboxes::update(const SandboxId& id, const SandboxPatch& patch) {
  return emptyAnswer({"PATCH", pathOf(id), {}, compact(toJson(patch))});
}

Pending<void> HttpSandboxes::pause(const SandboxId& id) {
  const Resolver<void> resolver;
  const HttpQuestion question{"POST", pathOf(id, QStringLiteral("/pause")), {}, {}, {}, kMachinePatience};
  whenDone(calls_.call(question), this, [this, id, resolver](const Result<HttpAnswer>& answer) {
    if (!answer) return resolver.resolve(failure(answer.error()));
    // 202: the server stopped holding the request open, the pause goes on.
    if (answer->status == 202) return awaitPause(id, resolver, kPausePolls);
    resolver.resolve({});
  });
  return resolver.pending();
}

void HttpSandboxes::awaitPause(const SandboxId& id, const Resolver<void>& resolver, int attemptsLeft) {
  whenDone(get(id), this, [this, id, resolver, attemptsLeft](const Result<SandboxInfo>& info) {
    if (!info) return resolver.resolve(failure(info.error()));
    if (info->state == SandboxState::Paused) return resolver.resolve({});
    if (info->state != SandboxState::Pausing || attemptsLeft == 0) {
      return resolver.resolve(failure(ErrorCode::Conflict, "The sandbox could not be paused. " + info->problem));
    }
    QTimer::singleShot(kPausePoll, this, [this, id, resolver, attemptsLeft] { awaitPause(id, resolver, attemptsLeft - 1); });
  });
}

Pending<SandboxInfo> HttpSandboxes::resume(const SandboxId& id) {
  const Resolver<SandboxInfo> resolver;
  const HttpQuestion question{"POST", pathOf(id, QStringLiteral("/resume")), {}, {}, {}, kMachinePatience};
  whenDone(calls_.call(question), this, [this, id, resolver](const Result<HttpAnswer>& answer) {
    if (!answer) return resolver.resolve(failure(answer.error()));
    tokens_.learn(QJsonDocument::fromJson(answer->body).object());
    // The reply of the contract holds only identity, status and token.
    whenDone(get(id), this, [resolver](Result<SandboxInfo> info) { resolver.resolve(std::move(info)); });
  });
  return resolver.pending();
}

Pending<SandboxInfo> HttpSandboxes::activate(const SandboxId& id) {
  return sandboxAnswer({"POST", pathOf(id, QStringLiteral("/activate")), {}, {}, {}, kMachinePatience});
}

Pending<void> HttpSandboxes::remove(const SandboxId& id) {
  tokens_.forget(id);
  return emptyAnswer({"DELETE", pathOf(id), {}, {}, {}, kMachinePatience});
}

Pending<std::vector<SandboxInfo>> HttpSandboxes::fork(const SandboxId& id, const ForkSpec& spec, const OperationId& operation) {
  const Resolver<std::vector<SandboxInfo>> resolver;
  HttpQuestion question{
      "POST", QStringLiteral("/local") + pathOf(id, QStringLiteral("/fork")), {}, compact(toJson(spec)), {}, kMachinePatience};
  if (!operation.empty()) question.headers.append({"X-Terrarium-Operation", QByteArray::fromStdString(operation)});
  whenDone(calls_.call(question), this, [this, resolver](const Result<HttpAnswer>& answer) {
    if (!answer) return resolver.resolve(failure(answer.error()));
    std::vector<SandboxInfo> clones;
    for (const auto& item : QJsonDocument::fromJson(answer->body).array()) {
      tokens_.learn(item.toObject());
      auto info = sandboxFromJson(item.toObject());
      if (!info) return resolver.resolve(failure(info.error()));
      clones.push_back(std::move(*info));
    }
    resolver.resolve(std::move(clones));
  });
  return resolver.pending();
}

}  // namespace terrarium
