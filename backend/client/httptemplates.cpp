// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/client/httptemplates.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTimer>

#include "backend/client/sseparser.h"
#include "backend/wire/buildjson.h"
#include "backend/wire/jsonvalues.h"
#include "backend/wire/templatejson.h"

namespace terrarium {

namespace {
constexpr std::chrono::seconds kAskEvery{2};
constexpr std::chrono::hours kBuildPatience{2};

QString pathOf(const std::string& idOrName) { return QStringLiteral("/templates/") + percentEncoded(idOrName); }

Error buildError(const std::string& problem) {
  return Error{ErrorCode::Internal, problem.empty() ? "The template could not be built." : problem, {}, {}};
}

/// A rebuild leaves the status `ready` all the time, so only a newer build counts as the end.
bool hasEnded(const TemplateInfo& before, const TemplateInfo& now) {
  if (now.status == TemplateStatus::Ready) return before.status != TemplateStatus::Ready || now.builtAt != before.builtAt;
  return now.status == TemplateStatus::Failed &&
         (before.status != TemplateStatus::Failed || now.latestBuildId != before.latestBuildId);
}
}  // namespace

HttpTemplates::HttpTemplates(HttpCalls& calls, Events& events) : calls_(calls) {
  connect(&events, &Events::operationProgressed, this, &HttpTemplates::onOperation);
}

Pending<std::vector<TemplateInfo>> HttpTemplates::list() {
  const Resolver<std::vector<TemplateInfo>> resolver;
  whenDone(calls_.call({"GET", QStringLiteral("/templates")}), this, [resolver](const Result<HttpAnswer>& answer) {
    if (!answer) return resolver.resolve(failure(answer.error()));
    std::vector<TemplateInfo> templates;
    for (const auto& item : QJsonDocument::fromJson(answer->body).array()) {
      if (auto info = templateFromJson(item.toObject())) templates.push_back(std::move(*info));
    }
    resolver.resolve(std::move(templates));
  });
  return resolver.pending();
}

Pending<TemplateInfo> HttpTemplates::fetched(const QString& path) {
  const Resolver<TemplateInfo> resolver;
  whenDone(calls_.call({"GET", path}), this, [resolver](const Result<HttpAnswer>& answer) {
    if (!answer) return resolver.resolve(failure(answer.error()));
    resolver.resolve(templateFromJson(QJsonDocument::fromJson(answer->body).object()));
  });
  return resolver.pending();
}

Pending<TemplateInfo> HttpTemplates::get(const TemplateRef& ref) { return fetched(pathOf(ref.value())); }

Pending<TemplateInfo> HttpTemplates::build(const TemplateRef& ref) {
  const Resolver<TemplateInfo> resolver;
  whenDone(get(ref), this, [this, resolver](const Result<TemplateInfo>& before) {
    if (!before) return resolver.resolve(failure(before.error()));
    const auto known = running_.find(before->id);
    if (known == running_.end()) return start(*before, resolver);
    // Somebody in this program builds it already: wait with them.
    whenDone(known->second.resolver.pending(), this, [resolver](Result<TemplateInfo> info) { resolver.resolve(std::move(info)); });
  });
  return resolver.pending();
}

void HttpTemplates::start(const TemplateInfo& before, const Resolver<TemplateInfo>& resolver) {
  running_.insert_or_assign(before.id, Running{before, resolver});
  const auto path = QStringLiteral("/local/templates/") + percentEncoded(before.id) + QStringLiteral("/build");
  whenDone(calls_.call({"POST", path, {}, {}, {}, kBuildPatience}), this,
           [this, before, resolver](const Result<HttpAnswer>& answer) {
             if (!answer && answer.error().code == ErrorCode::NotFound) return startElsewhere(before, resolver);
             if (!answer) {
               running_.erase(before.id);
               return resolver.resolve(failure(answer.error()));
             }
             if (const auto running = running_.find(before.id); running != running_.end()) {
               answer->status == 202 ? ask(running->second) : finish(running->second);
             }
           });
}

void HttpTemplates::startElsewhere(const TemplateInfo& before, const Resolver<TemplateInfo>& resolver) {
  whenDone(calls_.call({"POST", pathOf(before.id) + QStringLiteral("/builds")}), this,
           [this, before, resolver](const Result<HttpAnswer>& answer) {
             const auto running = running_.find(before.id);
             if (answer && running != running_.end()) return ask(running->second);
             running_.erase(before.id);
             resolver.resolve(failure(answer ? buildError({}) : answer.error()));
           });
}

void HttpTemplates::onOperation(const OperationProgress& progress) {
  if (progress.kind != OperationKind::BuildTemplate || !progress.finished) return;
  const auto running = running_.find(progress.subjectId);
  if (running == running_.end()) return;
  if (!progress.error) return finish(running->second);
  const auto resolver = running->second.resolver;
  running_.erase(running);
  resolver.resolve(failure(*progress.error));
}

void HttpTemplates::ask(const Running& running) {
  QTimer::singleShot(kAskEvery, this, [this, running] {
    if (running_.count(running.before.id) == 0) return;
    whenDone(fetched(pathOf(running.before.id)), this, [this, running](const Result<TemplateInfo>& now) {
      if (running_.count(running.before.id) == 0) return;
      // An engine that is away for a moment does not end the build here; one that forgot the template does.
      const bool lost = !now && now.error().code == ErrorCode::NotFound;
      if (!lost && !(now && hasEnded(running.before, *now))) return ask(running);
      running_.erase(running.before.id);
      if (lost) return running.resolver.resolve(failure(now.error()));
      if (now->status == TemplateStatus::Failed) return running.resolver.resolve(failure(buildError(now->problem)));
      running.resolver.resolve(*now);
    });
  });
}

void HttpTemplates::finish(const Running& running) {
  const auto resolver = running.resolver;
  const auto path = pathOf(running.before.id);
  running_.erase(running.before.id);
  whenDone(fetched(path), this, [resolver](Result<TemplateInfo> now) {
    if (now && now->status == TemplateStatus::Failed) return resolver.resolve(failure(buildError(now->problem)));
    resolver.resolve(std::move(now));
  });
}

Pending<void> HttpTemplates::cancelBuild(const TemplateRef& ref) {
  const Resolver<void> resolver;
  const auto path = QStringLiteral("/local/templates/") + percentEncoded(ref.value()) + QStringLiteral("/build");
  whenDone(calls_.call({"DELETE", path}), this, [resolver](const Result<HttpAnswer>& answer) {
    if (!answer) return resolver.resolve(failure(answer.error()));
    resolver.resolve({});
  });
  return resolver.pending();
}

Pending<std::vector<BuildInfo>> HttpTemplates::builds(const TemplateRef& ref) {
  const Resolver<std::vector<BuildInfo>> resolver;
  const HttpQuestion question{"GET", pathOf(ref.value()) + QStringLiteral("/builds"), QUrlQuery(QStringLiteral("limit=100"))};
  whenDone(calls_.call(question), this, [resolver](const Result<HttpAnswer>& answer) {
    if (!answer) return resolver.resolve(failure(answer.error()));
    std::vector<BuildInfo> builds;
    for (const auto& item : QJsonDocument::fromJson(answer->body).array()) {
      if (auto build = buildFromJson(item.toObject())) builds.push_back(std::move(*build));
    }
    resolver.resolve(std::move(builds));
  });
  return resolver.pending();
}

Pending<BuildLogPart> HttpTemplates::buildLog(const TemplateRef& ref, const std::string& build, std::size_t from) {
  const Resolver<BuildLogPart> resolver;
  const auto path = pathOf(ref.value()) + QStringLiteral("/builds/") + percentEncoded(build);
  whenDone(calls_.call({"GET", path}), this, [this, resolver, path, from](const Result<HttpAnswer>& answer) {
    if (!answer) return resolver.resolve(failure(answer.error()));
    auto info = buildFromJson(QJsonDocument::fromJson(answer->body).object());
    if (!info) return resolver.resolve(failure(info.error()));
    // Asked for afterwards, so that a build that is over has all its lines.
    const QUrlQuery query(QStringLiteral("follow=false&from=%1").arg(from));
    whenDone(calls_.call({"GET", path + QStringLiteral("/logs"), query}), this,
             [resolver, from, info = *info](const Result<HttpAnswer>& log) {
               if (!log) return resolver.resolve(failure(log.error()));
               BuildLogPart part{info, {}, from};
               SseParser parser;
               for (const auto& event : parser.feed(log->body)) {
                 const auto object = QJsonDocument::fromJson(event.data).object();
                 if (!object.value(QLatin1String("finished")).toBool()) part.lines.push_back(buildLogLineFromJson(object));
               }
               part.next += part.lines.size();
               resolver.resolve(std::move(part));
             });
  });
  return resolver.pending();
}

}  // namespace terrarium
