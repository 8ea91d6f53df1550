// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/mcp/sandboxtools.h"

#include <QJsonDocument>

#include "app/cli/sandboxchoice.h"
#include "app/cli/stageprinter.h"
#include "backend/wire/jsonvalues.h"
#include "backend/wire/requestjson.h"
#include "backend/wire/sandboxjson.h"
#include "backend/wire/templatejson.h"

namespace terrarium {

namespace {
constexpr int kDefaultLimit = 50;
constexpr std::int64_t kLowestPort = 1024;
constexpr std::int64_t kHighestPort = 65535;

QByteArray body(const QJsonObject& object) { return QJsonDocument(object).toJson(QJsonDocument::Compact); }

/// Ends the call with what the sandbox has become.
auto answerWithSandbox(ToolCall& call) {
  return [&call](const Result<SandboxInfo>& info) { info ? call.succeed(toJson(*info)) : call.fail(info.error()); };
}

void answerWithStatus(ToolCall& call, const SandboxId& id, const char* status, const Result<void>& result) {
  if (!result) return call.fail(result.error());
  call.succeed({{QStringLiteral("id"), qtText(id.value())}, {QStringLiteral("status"), QLatin1String(status)}});
}

/// Begins a long operation that can be cancelled, and passes on its stages when the client asked for progress.
void beginOperation(ToolCall& call, const std::function<void(const OperationId&)>& begin) {
  const auto operation = randomUuid();
  call.onCancel([&call, operation] { call.facade().sandboxes().cancel(operation); });
  if (!call.wantsProgress()) return begin(operation);
  QObject::connect(
      &call.facade().events(), &Events::operationProgressed, &call, [&call, operation](const OperationProgress& progress) {
        if (progress.operation != operation || progress.finished) return;
        call.progress(progress.stageIndex + progress.fraction.value_or(0), progress.stageCount, qtText(progress.stage));
      });
  whenEventsFlow(call.facade().events(), &call, [begin, operation] { begin(operation); });
}

QJsonArray toArray(const std::vector<SandboxInfo>& sandboxes) {
  QJsonArray items;
  for (const auto& info : sandboxes) items.append(toJson(info));
  return items;
}
}  // namespace

void withSandbox(ToolCall& call, const std::function<void(const SandboxInfo&)>& next) {
  const auto text = call.arguments().text("sandbox_id").value_or(std::string());
  if (!call.argumentsAreRight()) return;
  if (text.empty()) return call.fail(badRequest("sandbox_id", "sandbox_id is required: the identity or the name of a sandbox."));
  if (const auto id = SandboxId::parse(text)) {
    return whenDone(call.facade().sandboxes().get(*id), &call,
                    [&call, next](const Result<SandboxInfo>& info) { info ? next(*info) : call.fail(info.error()); });
  }
  whenDone(call.facade().sandboxes().list({}), &call, [&call, text, next](const Result<SandboxPage>& page) {
    if (!page) return call.fail(page.error());
    const auto chosen = chooseSandbox(page->items, text);
    chosen ? next(*chosen) : call.fail(chosen.error());
  });
}

void withActiveSandbox(ToolCall& call, const std::function<void(const SandboxInfo&)>& next) {
  withSandbox(call, [&call, next](const SandboxInfo& info) {
    if (info.state == SandboxState::Active) return next(info);
    whenDone(call.facade().sandboxes().activate(info.id), &call,
             [&call, next](const Result<SandboxInfo>& active) { active ? next(*active) : call.fail(active.error()); });
  });
}

void createSandboxTool(ToolCall& call) {
  // The arguments are the body of a create request.
  const auto spec = readCreateRequest(body(call.rawArguments()));
  if (!spec) return call.fail(spec.error());
  beginOperation(call, [&call, spec = *spec](const OperationId& operation) {
    whenDone(call.facade().sandboxes().create(spec, operation), &call, answerWithSandbox(call));
  });
}

void updateSandboxTool(ToolCall& call) {
  auto fields = call.rawArguments();
  const QJsonObject target{{QStringLiteral("sandbox_id"), fields.take(QStringLiteral("sandbox_id"))}};
  const auto patch = readPatchRequest(body(fields));
  if (!patch) return call.fail(patch.error());
  call.arguments() = FieldReader(target);
  withSandbox(call, [&call, patch = *patch](const SandboxInfo& info) {
    whenDone(call.facade().sandboxes().update(info.id, patch), &call, [&call, id = info.id](const Result<void>& result) {
      if (!result) return call.fail(result.error());
      whenDone(call.facade().sandboxes().get(id), &call, answerWithSandbox(call));
    });
  });
}

void listSandboxesTool(ToolCall& call) {
  auto& arguments = call.arguments();
  SandboxQuery query;
  query.nameContains = arguments.text("q").value_or(std::string());
  query.status = arguments.text("status");
  query.metadata = arguments.textMap("metadata").value_or(std::map<std::string, std::string>());
  const auto limit = arguments.integer("limit").value_or(kDefaultLimit);
  const auto offset = arguments.integer("offset").value_or(0);
  if (!call.argumentsAreRight()) return;
  if (limit < 1 || limit > 200) return call.fail(badRequest("limit", "limit has to be from 1 to 200."));
  if (offset < 0 || offset > std::numeric_limits<int>::max()) return call.fail(badRequest("offset", "offset has to be 0 or more."));
  query.limit = static_cast<int>(limit);
  query.offset = static_cast<int>(offset);
  whenDone(call.facade().sandboxes().list(query), &call, [&call](const Result<SandboxPage>& page) {
    if (!page) return call.fail(page.error());
    call.succeed(
        {{QStringLiteral("sandboxes"), toArray(page->items)}, {QStringLiteral("total"), static_cast<qint64>(page->total)}});
  });
}

void sandboxInfoTool(ToolCall& call) {
  withSandbox(call, [&call](const SandboxInfo& info) { call.succeed(toJson(info)); });
}

void pauseSandboxTool(ToolCall& call) {
  withSandbox(call, [&call](const SandboxInfo& info) {
    whenDone(call.facade().sandboxes().pause(info.id), &call,
             [&call, id = info.id](const Result<void>& result) { answerWithStatus(call, id, "paused", result); });
  });
}

void resumeSandboxTool(ToolCall& call) {
  withActiveSandbox(call, [&call](const SandboxInfo& info) { call.succeed(toJson(info)); });
}

void killSandboxTool(ToolCall& call) {
  withSandbox(call, [&call](const SandboxInfo& info) {
    whenDone(call.facade().sandboxes().remove(info.id), &call,
             [&call, id = info.id](const Result<void>& result) { answerWithStatus(call, id, "deleted", result); });
  });
}

void forkSandboxTool(ToolCall& call) {
  ForkRequest request;
  request.count = call.arguments().integer("count");
  request.name = call.arguments().text("name");
  const auto spec = ForkSpec::parse(request);
  if (!spec) call.arguments().fail(spec.error());
  withSandbox(call, [&call, spec](const SandboxInfo& info) {
    beginOperation(call, [&call, spec = *spec, id = info.id](const OperationId& operation) {
      whenDone(call.facade().sandboxes().fork(id, spec, operation), &call, [&call](const Result<std::vector<SandboxInfo>>& clones) {
        if (!clones) return call.fail(clones.error());
        call.succeed({{QStringLiteral("sandboxes"), toArray(*clones)}});
      });
    });
  });
}

void previewUrlTool(ToolCall& call) {
  const auto port = call.arguments().integer("port").value_or(0);
  if (port < kLowestPort || port > kHighestPort) call.arguments().fail(badRequest("port", "port has to be from 1024 to 65535."));
  withSandbox(call, [&call, port](const SandboxInfo& info) {
    whenDone(call.facade().ports().previewLink(info.id, static_cast<int>(port)), &call, [&call](const Result<QUrl>& url) {
      if (!url) return call.fail(url.error());
      call.succeed({{QStringLiteral("url"), url->toString(QUrl::FullyEncoded)}});
    });
  });
}

void listTemplatesTool(ToolCall& call) {
  if (!call.argumentsAreRight()) return;
  whenDone(call.facade().templates().list(), &call, [&call](const Result<std::vector<TemplateInfo>>& templates) {
    if (!templates) return call.fail(templates.error());
    QJsonArray items;
    for (const auto& info : *templates) items.append(toJson(info));
    call.succeed({{QStringLiteral("templates"), items}});
  });
}

}  // namespace terrarium
