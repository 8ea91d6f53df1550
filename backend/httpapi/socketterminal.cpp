// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/httpapi/socketterminal.h"

#include <QJsonDocument>

namespace terrarium {

namespace {
constexpr std::chrono::minutes kIdleLimit{10};
constexpr std::chrono::hours kLongest{4};
constexpr qint64 kMostPendingInput = 256 * 1024;
constexpr int kMostCells = 1000;
constexpr int kNormalClosure = 1000;
constexpr int kPolicyViolation = 1008;
constexpr int kInternalError = 1011;
}  // namespace

SocketTerminal::SocketTerminal(Exchange& exchange, std::unique_ptr<ExecSession> session)
    : QObject(&exchange), exchange_(exchange), session_(std::move(session)), unread_(new UnreadOutput(exchange, *session_)) {
  connect(&exchange_, &Exchange::messageReceived, this, &SocketTerminal::take);
  connect(session_.get(), &ExecSession::outputReceived, this, [this](OutputChannel, const QByteArray& bytes) {
    exchange_.sendMessage(bytes, false);
    unread_->add(bytes.size());
  });
  connect(session_.get(), &ExecSession::inputDrained, this, [this] {
    if (std::exchange(waitsForDrain_, false)) exchange_.wantMessage();
  });
  connect(session_.get(), &ExecSession::finished, this, [this](const ExecResult& result) {
    const QJsonObject last{{QStringLiteral("exit_code"), result.exitCode}, {QStringLiteral("finished"), true}};
    exchange_.sendMessage(QJsonDocument(last).toJson(QJsonDocument::Compact), true);
    exchange_.closeWebSocket(kNormalClosure, "shell exited");
  });
  connect(session_.get(), &ExecSession::failed, this, [this](const Error& error) {
    exchange_.closeWebSocket(kInternalError, QByteArray::fromStdString(error.message).left(120));
  });
  connect(&idle_, &QTimer::timeout, this, [this] { exchange_.closeWebSocket(kNormalClosure, "idle for too long"); });
  idle_.start(kIdleLimit);
  QTimer::singleShot(kLongest, this, [this] { exchange_.closeWebSocket(kNormalClosure, "open for too long"); });
  exchange_.wantMessage();
}

void SocketTerminal::take(const QByteArray& message, bool isText) {
  idle_.start();
  if (isText)
    takeControl(message);
  else
    session_->write(message);
  wantMore();
}

void SocketTerminal::wantMore() {
  if (session_->inputPending() > kMostPendingInput)
    waitsForDrain_ = true;
  else
    exchange_.wantMessage();
}

void SocketTerminal::takeControl(const QByteArray& text) {
  const auto message = QJsonDocument::fromJson(text).object();
  const auto type = message.value(QLatin1String("type")).toString();
  const int columns = message.value(QLatin1String("cols")).toInt();
  const int rows = message.value(QLatin1String("rows")).toInt();
  if (type == QLatin1String("resize") && columns > 0 && rows > 0 && columns <= kMostCells && rows <= kMostCells) {
    session_->resize(columns, rows);
  } else if (type == QLatin1String("signal")) {
    session_->sendSignal(message.value(QLatin1String("name")).toString().toLatin1());
  } else {
    exchange_.closeWebSocket(kPolicyViolation, "a text frame has to be a resize or a signal");
  }
}

}  // namespace terrarium
