// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/httpapi/eventstream.h"

#include <QJsonDocument>

#include "backend/wire/eventjson.h"
#include "backend/wire/jsonvalues.h"
#include "backend/wire/sandboxjson.h"
#include "backend/wire/templatejson.h"

namespace terrarium {

namespace {
constexpr qint64 kMostUnsent = 4 << 20;
}

QByteArray eventFrame(const QByteArray& event, const QJsonObject& data) {
  const auto name = event.isEmpty() ? QByteArray() : "event: " + event + '\n';
  return name + "data: " + QJsonDocument(data).toJson(QJsonDocument::Compact) + "\n\n";
}

EventStream::EventStream(Exchange& exchange, Events& events, std::chrono::milliseconds keepAlive)
    : QObject(&exchange), exchange_(exchange) {
  exchange.beginStream(200, "text/event-stream", -1, {{"Cache-Control", "no-cache"}, {"X-Accel-Buffering", "no"}});
  send("hello", {{QStringLiteral("version"), QStringLiteral(TERRARIUM_VERSION)}});
  connect(&events, &Events::sandboxChanged, this, [this](const SandboxInfo& info) { send("sandbox", toJson(info)); });
  connect(&events, &Events::sandboxRemoved, this, [this](const SandboxId& id) {
    send("sandbox_removed", {{QStringLiteral("id"), qtText(id.value())}});
  });
  connect(&events, &Events::templateChanged, this, [this](const TemplateInfo& info) { send("template", toJson(info)); });
  connect(&events, &Events::operationProgressed, this,
          [this](const OperationProgress& progress) { send("operation", toJson(progress)); });
  connect(&events, &Events::statisticsChanged, this,
          [this](const SandboxStatistics& statistics) { send("statistics", toJson(statistics)); });
  connect(&keepAlive_, &QTimer::timeout, this, [this] { exchange_.writeStream(": keepalive\n\n"); });
  keepAlive_.start(keepAlive);
}

void EventStream::send(const char* event, const QJsonObject& data) {
  if (exchange_.unsent() > kMostUnsent) return exchange_.abort();
  exchange_.writeStream(eventFrame(event, data));
}

}  // namespace terrarium
