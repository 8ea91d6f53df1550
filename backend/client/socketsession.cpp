// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/client/socketsession.h"

#include <QJsonDocument>
#include <QJsonObject>

#include "backend/wire/errorjson.h"
#include "backend/wire/jsonvalues.h"

namespace terrarium {

namespace {
constexpr qsizetype kInputPiece = 32 * 1024;
constexpr qint64 kInputHigh = 256 * 1024;
constexpr qint64 kInputLow = 64 * 1024;
constexpr qint64 kOutputWindow = 512 * 1024;

QByteArray compact(const QJsonObject& object) { return QJsonDocument(object).toJson(QJsonDocument::Compact); }

bool isTokenRefusal(int status) { return status == 401 || status == 403; }
}  // namespace

SocketSession::SocketSession(HttpCalls& calls, AccessTokens& tokens, SandboxId id, SessionPlan plan)
    : calls_(calls), tokens_(tokens), id_(std::move(id)), plan_(std::move(plan)) {
  inputClosed_ = plan_.closesInput;
  whenDone(tokens_.token(id_), this, [this](const Result<QString>& token) { connectWith(token); });
}

void SocketSession::connectWith(const Result<QString>& token) {
  if (!token) return end(failure(token.error()));
  token_ = *token;
  socket_ = std::make_unique<WebSocketClient>();
  connect(socket_.get(), &WebSocketClient::opened, this, &SocketSession::onOpened);
  connect(socket_.get(), &WebSocketClient::refused, this, &SocketSession::onRefused);
  connect(socket_.get(), &WebSocketClient::textReceived, this, &SocketSession::onText);
  connect(socket_.get(), &WebSocketClient::binaryReceived, this, &SocketSession::onBinary);
  connect(socket_.get(), &WebSocketClient::closed, this, &SocketSession::onClosed);
  connect(socket_.get(), &WebSocketClient::bytesWritten, this, &SocketSession::onBytesWritten);
  connect(socket_.get(), &WebSocketClient::failed, this,
          [this](const QString& reason) { end(failure(unreachable(calls_.address().base(), reason))); });
  socket_->open(calls_.address().socket(id_, plan_.path, plan_.query), plan_.protocol + ", token." + token_.toUtf8());
}

void SocketSession::onOpened() {
  open_ = true;
  if (!plan_.firstMessage.isEmpty()) socket_->sendText(plan_.firstMessage);
  for (const auto& message : waitingControl_) socket_->sendText(message);
  waitingControl_.clear();
  const auto input = std::exchange(waitingInput_, {});
  sendInput(input);
  if (inputClosed_ && plan_.hasChannels) control({{QStringLiteral("type"), QStringLiteral("stdin_close")}});
  emit started();
}

void SocketSession::onRefused(int status, const QByteArray& body) {
  if (!isTokenRefusal(status) || renewed_) return end(failure(errorFromBody(status, body)));
  renewed_ = true;
  socket_.release()->deleteLater();
  whenDone(tokens_.renewed(id_, token_), this, [this](const Result<QString>& token) { connectWith(token); });
}

void SocketSession::onText(const QByteArray& text) {
  const auto object = QJsonDocument::fromJson(text).object();
  if (!object.value(QLatin1String("finished")).toBool()) return;
  const auto error = object.value(QLatin1String("error"));
  if (error.isObject()) return end(failure(errorFromJson(error.toObject())));
  if (error.isString()) {
    return end(failure(
        errorFromJson({{QStringLiteral("code"), object.value(QLatin1String("code"))}, {QStringLiteral("message"), error}})));
  }
  const auto lasted = std::chrono::steady_clock::now() - begun_;
  end(ExecResult{object.value(QLatin1String("exit_code")).toInt(), std::chrono::duration_cast<std::chrono::milliseconds>(lasted)});
}

void SocketSession::onBinary(const QByteArray& bytes) {
  if (!plan_.hasChannels) return deliver(OutputChannel::Stdout, bytes);
  if (bytes.isEmpty()) return;
  if (bytes.at(0) == 1) return deliver(OutputChannel::Stdout, bytes.mid(1));
  if (bytes.at(0) == 2) deliver(OutputChannel::Stderr, bytes.mid(1));
}

void SocketSession::deliver(OutputChannel channel, const QByteArray& bytes) {
  if (bytes.isEmpty()) return;
  unconsumed_ += bytes.size();
  if (unconsumed_ >= kOutputWindow) socket_->setReading(false);
  emit outputReceived(channel, bytes);
}

void SocketSession::consumed(qint64 bytes) {
  unconsumed_ -= bytes;
  if (unconsumed_ < kOutputWindow && socket_) socket_->setReading(true);
}

void SocketSession::onClosed(int code, const QString& reason) {
  // A terminal says nothing but "shell exited".
  if (code == 1000 && !plan_.hasChannels) return end(ExecResult{});
  end(failure(ErrorCode::Unavailable, "The connection to the sandbox broke off before the end.",
              std::to_string(code) + " " + reason.toStdString()));
}

void SocketSession::end(const Result<ExecResult>& result) {
  if (ended_) return;
  ended_ = true;
  open_ = false;
  // It may be what is calling.
  if (socket_) {
    socket_->disconnect(this);
    socket_.release()->deleteLater();
  }
  result ? emit finished(*result) : emit failed(result.error());
}

void SocketSession::write(const QByteArray& bytes) {
  if (ended_ || inputClosed_) return;
  if (open_) {
    sendInput(bytes);
  } else {
    waitingInput_.append(bytes);
  }
  if (inputPending() > kInputHigh) inputWaits_ = true;
}

void SocketSession::sendInput(const QByteArray& bytes) {
  for (qsizetype at = 0; at < bytes.size(); at += kInputPiece) {
    const auto piece = bytes.mid(at, kInputPiece);
    socket_->sendBinary(plan_.hasChannels ? QByteArray(1, '\0') + piece : piece);
  }
}

qint64 SocketSession::inputPending() const { return waitingInput_.size() + (socket_ && open_ ? socket_->bytesToWrite() : 0); }

void SocketSession::onBytesWritten() {
  if (!inputWaits_ || inputPending() > kInputLow) return;
  inputWaits_ = false;
  emit inputDrained();
}

void SocketSession::closeInput() {
  if (inputClosed_) return;
  inputClosed_ = true;
  if (open_ && plan_.hasChannels) control({{QStringLiteral("type"), QStringLiteral("stdin_close")}});
}

void SocketSession::sendSignal(const QByteArray& name) {
  control({{QStringLiteral("type"), QStringLiteral("signal")}, {QStringLiteral("name"), QString::fromLatin1(name)}});
}

void SocketSession::resize(int columns, int rows) {
  control({{QStringLiteral("type"), QStringLiteral("resize")}, {QStringLiteral("cols"), columns}, {QStringLiteral("rows"), rows}});
}

void SocketSession::control(const QJsonObject& message) {
  if (ended_) return;
  if (open_) {
    socket_->sendText(compact(message));
  } else {
    waitingControl_.append(compact(message));
  }
}

SessionPlan planFor(const ExecRequest& request) {
  QJsonObject start{{QStringLiteral("command"), qtText(request.command)}};
  if (request.args) start.insert(QStringLiteral("args"), toJson(*request.args));
  if (!request.workingDirectory.empty()) start.insert(QStringLiteral("working_dir"), qtText(request.workingDirectory));
  if (!request.env.empty()) start.insert(QStringLiteral("env"), toJson(request.env));
  if (request.timeout) start.insert(QStringLiteral("timeout_s"), static_cast<qint64>(request.timeout->count()));
  return {QStringLiteral("/exec/connect"), {}, "superserve.exec.v1", compact(start), !request.openStdin, true};
}

SessionPlan planFor(const TerminalRequest& request) {
  QUrlQuery query;
  query.addQueryItem(QStringLiteral("cols"), QString::number(request.columns));
  query.addQueryItem(QStringLiteral("rows"), QString::number(request.rows));
  if (!request.workingDirectory.empty())
    query.addQueryItem(QStringLiteral("working_dir"), percentEncoded(request.workingDirectory));
  // Servers that do not read the query learn the size from the first message.
  const QJsonObject resize{{QStringLiteral("type"), QStringLiteral("resize")},
                           {QStringLiteral("cols"), request.columns},
                           {QStringLiteral("rows"), request.rows}};
  return {QStringLiteral("/terminal"), query, "superserve.terminal.v1", compact(resize), false, false};
}

}  // namespace terrarium
