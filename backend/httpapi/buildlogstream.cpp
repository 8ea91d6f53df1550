// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/httpapi/buildlogstream.h"

#include <utility>

#include "backend/httpapi/eventstream.h"
#include "backend/wire/buildjson.h"
#include "backend/wire/jsonvalues.h"

namespace terrarium {

namespace {
constexpr std::chrono::seconds kQueuedEvery{2};
constexpr qint64 kMostUnsent = 4 << 20;
}  // namespace

BuildLogStream::BuildLogStream(Exchange& exchange, Facade& facade, TemplateRef ref, std::string build, std::size_t from,
                               bool follows, std::chrono::milliseconds keepAlive)
    : QObject(&exchange),
      exchange_(exchange),
      facade_(facade),
      ref_(std::move(ref)),
      build_(std::move(build)),
      next_(from),
      follows_(follows) {
  exchange.beginStream(200, "text/event-stream", -1, {{"Cache-Control", "no-cache"}, {"X-Accel-Buffering", "no"}});
  if (follows) {
    connect(&facade.events(), &Events::operationProgressed, this, [this](const OperationProgress& progress) {
      if (progress.operation == build_) ask();
    });
  }
  connect(&keepAlive_, &QTimer::timeout, this, [this] { exchange_.writeStream(": keepalive\n\n"); });
  keepAlive_.start(keepAlive);
  connect(&queued_, &QTimer::timeout, this, [this] {
    const BuildLogLine line{SystemClock().now(), "system", "build queued, waiting for dispatch"};
    if (isQueued_) exchange_.writeStream(eventFrame({}, toJson(line)));
  });
  queued_.start(kQueuedEvery);
  ask();
}

void BuildLogStream::ask() {
  askAgain_ = asking_;
  if (std::exchange(asking_, true)) return;
  whenDone(facade_.templates().buildLog(ref_, build_, next_), this, [this](const Result<BuildLogPart>& part) {
    asking_ = false;
    if (!part) return exchange_.abort();
    send(*part);
  });
}

void BuildLogStream::send(const BuildLogPart& part) {
  if (exchange_.unsent() > kMostUnsent) return exchange_.abort();
  for (const auto& line : part.lines) exchange_.writeStream(eventFrame({}, toJson(line)));
  next_ = part.next;
  isQueued_ = follows_ && part.build.status == BuildStatus::Pending;
  if (part.build.isOver()) return sendEnd(part.build);
  if (!follows_) return exchange_.endStream();
  if (std::exchange(askAgain_, false)) ask();
}

void BuildLogStream::sendEnd(const BuildInfo& build) {
  const auto text = build.problem.empty() ? "build " + std::string(buildStatusName(build.status)) : build.problem;
  auto last = toJson(BuildLogLine{build.finalizedAt.value_or(build.createdAt), "system", text});
  last.insert(QStringLiteral("finished"), true);
  last.insert(QStringLiteral("status"), qtText(buildStatusName(build.status)));
  exchange_.writeStream(eventFrame({}, last));
  exchange_.endStream();
}

}  // namespace terrarium
