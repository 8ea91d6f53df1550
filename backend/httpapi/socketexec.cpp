// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/httpapi/socketexec.h"

#include <QJsonDocument>

#include "backend/wire/jsonvalues.h"
#include "backend/wire/requestjson.h"

namespace terrarium {

namespace {
constexpr std::chrono::seconds kStartLimit{10};
constexpr std::chrono::hours kLongest{12};
constexpr qint64 kMostPendingInput = 256 * 1024;
constexpr char kStdinChannel = 0;
// So that input flows while one message is on its way between the threads.
constexpr int kReadAhead = 4;
constexpr int kNormalClosure = 1000;
constexpr int kUnsupportedData = 1003;
constexpr int kPolicyViolation = 1008;
constexpr int kInternalError = 1011;
}  // namespace

SocketExec::SocketExec(Exchange& exchange, Starter starter)
    : QObject(&exchange), exchange_(exchange), starter_(std::move(starter)) {
  connect(&exchange_, &Exchange::messageReceived, this, &SocketExec::take);
  startLimit_.setSingleShot(true);
  connect(&startLimit_, &QTimer::timeout, this, [this] { exchange_.closeWebSocket(kPolicyViolation, "no command within 10 s"); });
  startLimit_.start(kStartLimit);
  QTimer::singleShot(kLongest, this, [this] { exchange_.closeWebSocket(kNormalClosure, "open for too long"); });
  exchange_.wantMessage();
}

void SocketExec::take(const QByteArray& message, bool isText) {
  if (!session_) {
    if (!isText) return exchange_.closeWebSocket(kUnsupportedData, "the first frame has to be text");
    start(message);
  } else if (isText) {
    takeControl(message);
  } else if (message.startsWith(kStdinChannel)) {
    session_->write(message.mid(1));
  }
  ++unasked_;
  if (!session_ || session_->inputPending() <= kMostPendingInput) wantMessages();
}

void SocketExec::wantMessages() {
  while (unasked_ > 0) {
    --unasked_;
    exchange_.wantMessage();
  }
}

void SocketExec::start(const QByteArray& text) {
  startLimit_.stop();
  auto request = readExecRequest(text);
  if (!request) {
    return finish(
        {{QStringLiteral("error"), qtText(request.error().message)}, {QStringLiteral("code"), QStringLiteral("bad_request")}},
        kPolicyViolation, "bad start");
  }
  request->openStdin = true;
  session_ = starter_(*request);
  unasked_ += kReadAhead - 1;
  unread_ = new UnreadOutput(exchange_, *session_);
  connect(session_.get(), &ExecSession::outputReceived, this, [this](OutputChannel channel, const QByteArray& bytes) {
    exchange_.sendMessage((channel == OutputChannel::Stdout ? '\x01' : '\x02') + bytes, false);
    unread_->add(bytes.size());
  });
  connect(session_.get(), &ExecSession::inputDrained, this, [this] { wantMessages(); });
  connect(session_.get(), &ExecSession::finished, this, [this](const ExecResult& result) {
    finish({{QStringLiteral("exit_code"), result.exitCode}}, kNormalClosure, "command exited");
  });
  connect(session_.get(), &ExecSession::failed, this, [this](const Error& error) {
    const bool bad = error.code == ErrorCode::BadRequest;
    finish({{QStringLiteral("error"), qtText(error.message)},
            {QStringLiteral("code"), bad ? QStringLiteral("bad_request") : QStringLiteral("exec_failed")}},
           bad ? kPolicyViolation : kInternalError, "command could not run");
  });
}

void SocketExec::takeControl(const QByteArray& text) {
  const auto message = QJsonDocument::fromJson(text).object();
  const auto type = message.value(QLatin1String("type")).toString();
  if (type == QLatin1String("stdin_close"))
    session_->closeInput();
  else if (type == QLatin1String("signal"))
    session_->sendSignal(message.value(QLatin1String("name")).toString().toLatin1());
}

void SocketExec::finish(const QJsonObject& last, int code, const QByteArray& reason) {
  auto message = last;
  message.insert(QStringLiteral("finished"), true);
  exchange_.sendMessage(QJsonDocument(message).toJson(QJsonDocument::Compact), true);
  exchange_.closeWebSocket(code, reason);
}

}  // namespace terrarium
