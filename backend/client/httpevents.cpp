// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/client/httpevents.h"

#include <QJsonDocument>
#include <algorithm>

#include "backend/wire/eventjson.h"
#include "backend/wire/jsonvalues.h"
#include "backend/wire/sandboxjson.h"
#include "backend/wire/templatejson.h"

namespace terrarium {

namespace {
constexpr std::chrono::milliseconds kFirstRetry{200};
constexpr std::chrono::milliseconds kLastRetry{5000};
// The server says something at least every 15 s.
constexpr std::chrono::seconds kSilence{45};
constexpr std::chrono::seconds kPollEvery{3};
}  // namespace

HttpEvents::HttpEvents(HttpCalls& calls, Sandboxes& sandboxes) : calls_(calls), sandboxes_(sandboxes) {
  retry_.setSingleShot(true);
  silence_.setSingleShot(true);
  silence_.setInterval(kSilence);
  polling_.setSingleShot(true);
  polling_.setInterval(kPollEvery);
  connect(&retry_, &QTimer::timeout, this, &HttpEvents::open);
  connect(&polling_, &QTimer::timeout, this, &HttpEvents::poll);
  connect(&silence_, &QTimer::timeout, this, [this] {
    if (reply_) reply_->abort();
  });
}

HttpEvents::~HttpEvents() {
  if (reply_) {
    reply_->disconnect(this);
    reply_->abort();
  }
}

void HttpEvents::start() {
  if (started_) return;
  started_ = true;
  open();
}

void HttpEvents::restart() {
  if (!started_) return;
  retry_.stop();
  polling_.stop();
  known_.clear();
  attempts_ = 0;
  if (reply_) {
    reply_->disconnect(this);
    reply_->abort();
    reply_->deleteLater();
    reply_.clear();
  }
  // Whoever listens must list anew: the other engine has sandboxes of its own.
  if (connected_) setConnected(false, {});
  open();
}

void HttpEvents::open() {
  auto request = calls_.address().control(QStringLiteral("/local/events"));
  request.setRawHeader("Accept", "text/event-stream");
  request.setAttribute(QNetworkRequest::CacheLoadControlAttribute, QNetworkRequest::AlwaysNetwork);
  parser_ = {};
  reply_ = calls_.pool().send(request, "GET");
  reply_->setParent(this);
  connect(reply_, &QNetworkReply::readyRead, this, &HttpEvents::onBytes);
  connect(reply_, &QNetworkReply::finished, this, &HttpEvents::onEnd);
  silence_.start();
}

void HttpEvents::onBytes() {
  if (reply_->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt() != 200) return;
  silence_.start();
  const auto events = parser_.feed(reply_->readAll());
  if (!connected_) {
    attempts_ = 0;
    setConnected(true, {});
  }
  for (const auto& event : events) dispatch(event);
}

void HttpEvents::onEnd() {
  auto* reply = reply_.data();
  reply_.clear();
  silence_.stop();
  reply->deleteLater();
  const auto status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
  if (status == 404) return poll();
  const auto error = errorOf(*reply, status == 200 ? QByteArray() : reply->readAll());
  lost(error ? qtText(error->message) : QStringLiteral("The engine ended the conversation."));
}

void HttpEvents::lost(const QString& problem) {
  setConnected(false, problem);
  const auto delay = std::min(kLastRetry, kFirstRetry * (1 << std::min(attempts_, 5)));
  ++attempts_;
  retry_.start(delay);
}

void HttpEvents::setConnected(bool connected, const QString& problem) {
  if (connected_ == connected && problem_ == problem) return;
  connected_ = connected;
  problem_ = problem;
  emit connectionChanged(connected, problem);
}

void HttpEvents::dispatch(const SseEvent& event) {
  const auto object = QJsonDocument::fromJson(event.data).object();
  if (event.name == "sandbox") {
    if (const auto info = sandboxFromJson(object)) emit sandboxChanged(*info);
  } else if (event.name == "sandbox_removed") {
    if (const auto id = SandboxId::parse(textOf(object, QLatin1String("id")))) emit sandboxRemoved(*id);
  } else if (event.name == "template") {
    if (const auto info = templateFromJson(object)) emit templateChanged(*info);
  } else if (event.name == "operation") {
    if (const auto progress = operationFromJson(object)) emit operationProgressed(*progress);
  } else if (event.name == "statistics") {
    emit statisticsChanged(statisticsFromJson(object));
  }
}

void HttpEvents::poll() {
  whenDone(sandboxes_.list({}), this, [this](const Result<SandboxPage>& page) {
    if (reply_) return;
    if (!page) return lost(qtText(page.error().message));
    attempts_ = 0;
    compare(*page);
    setConnected(true, {});
    polling_.start();
  });
}

void HttpEvents::compare(const SandboxPage& page) {
  std::map<std::string, SandboxInfo> now;
  for (const auto& info : page.items) now.emplace(info.id.value(), info);
  for (const auto& [id, info] : known_) {
    if (now.count(id) == 0) emit sandboxRemoved(info.id);
  }
  for (const auto& [id, info] : now) {
    const auto before = known_.find(id);
    if (before == known_.end() || before->second != info) emit sandboxChanged(info);
  }
  known_ = std::move(now);
}

}  // namespace terrarium
