// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/httpapi/execstreaming.h"

#include <QDateTime>

#include "backend/domain/errorname.h"
#include "backend/httpapi/eventstream.h"
#include "backend/wire/jsonvalues.h"

namespace terrarium {

namespace {
constexpr qsizetype kChunk = 32 * 1024;
// An error event without an exit code would count as success with the official SDK.
constexpr int kFailedExit = 1;
}  // namespace

ExecStreaming::ExecStreaming(Exchange& exchange, std::unique_ptr<ExecSession> session, std::chrono::milliseconds keepAlive)
    : QObject(&exchange), exchange_(exchange), session_(std::move(session)), unread_(new UnreadOutput(exchange, *session_)) {
  keepAlive_.setInterval(keepAlive);
  connect(&keepAlive_, &QTimer::timeout, this, [this] { exchange_.writeStream(": keepalive\n\n"); });
  connect(session_.get(), &ExecSession::started, this, &ExecStreaming::begin);
  connect(session_.get(), &ExecSession::outputReceived, this, &ExecStreaming::forward);
  connect(session_.get(), &ExecSession::finished, this, [this](const ExecResult& result) {
    sendRest();
    end({{QStringLiteral("exit_code"), result.exitCode}});
  });
  connect(session_.get(), &ExecSession::failed, this, &ExecStreaming::fail);
}

void ExecStreaming::begin() {
  if (exchange_.hasBegun()) return;
  exchange_.beginStream(200, "text/event-stream", -1, {{"Cache-Control", "no-cache"}, {"X-Accel-Buffering", "no"}});
  keepAlive_.start();
}

void ExecStreaming::forward(OutputChannel channel, const QByteArray& bytes) {
  begin();
  auto& cutter = channel == OutputChannel::Stdout ? stdout_ : stderr_;
  for (qsizetype position = 0; position < bytes.size(); position += kChunk)
    sendOutput(channel, cutter.feed(bytes.mid(position, kChunk)));
  unread_->add(bytes.size());
}

void ExecStreaming::sendOutput(OutputChannel channel, const QByteArray& text) {
  if (text.isEmpty()) return;
  send({{channel == OutputChannel::Stdout ? QStringLiteral("stdout") : QStringLiteral("stderr"), QString::fromUtf8(text)}});
}

void ExecStreaming::sendRest() {
  begin();
  sendOutput(OutputChannel::Stdout, stdout_.rest());
  sendOutput(OutputChannel::Stderr, stderr_.rest());
}

void ExecStreaming::send(QJsonObject event) {
  event.insert(QStringLiteral("timestamp"), QDateTime::currentDateTimeUtc().toString(Qt::ISODateWithMs));
  keepAlive_.start();  // counts silence only
  exchange_.writeStream(eventFrame({}, event));
}

void ExecStreaming::end(const QJsonObject& event) {
  auto last = event;
  last.insert(QStringLiteral("finished"), true);
  keepAlive_.stop();
  send(last);
  exchange_.endStream();
}

void ExecStreaming::fail(const Error& error) {
  // Before the first event a status says it better.
  if (!exchange_.hasBegun()) return exchange_.respondError(error);
  sendRest();
  const auto code = error.code == ErrorCode::BadRequest ? QStringLiteral("bad_request") : QStringLiteral("exec_failed");
  end({{QStringLiteral("error"), qtText(error.message)},
       {QStringLiteral("code"), code},
       {QStringLiteral("exit_code"), kFailedExit}});
}

}  // namespace terrarium
