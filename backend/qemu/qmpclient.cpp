// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/qemu/qmpclient.h"

#include <QPointer>

namespace terrarium {

namespace {

Error conversationEnded() { return {ErrorCode::Gone, "The machine's QEMU process ended or hung up its control socket.", {}, {}}; }

}  // namespace

QmpClient::QmpClient(std::unique_ptr<UnixStream> stream) : stream_(std::move(stream)) {
  connect(stream_.get(), &UnixStream::received, this, &QmpClient::onReceived);
  connect(stream_.get(), &UnixStream::closed, this, [this] { breakOff(conversationEnded()); });
  greetingLimit_.setSingleShot(true);
  connect(&greetingLimit_, &QTimer::timeout, this, [this] {
    breakOff({ErrorCode::TimedOut, "QEMU did not answer on its control socket in time.", "no greeting", {}});
  });
}

Pending<QString> QmpClient::greet(std::chrono::milliseconds limit) {
  greetingLimit_.start(limit);
  return greeted_.pending();
}

Pending<QJsonValue> QmpClient::execute(const QString& command, const QJsonObject& arguments, int descriptor,
                                       std::chrono::milliseconds limit) {
  if (!isOpen()) return settled<QJsonValue>(failure(conversationEnded()));
  const auto id = ++lastId_;
  Command pending{command, {}, std::make_unique<QTimer>()};
  pending.limit->setSingleShot(true);
  connect(pending.limit.get(), &QTimer::timeout, this, [this, id] { onTimedOut(id); });
  pending.limit->start(limit);
  auto answer = pending.answer.pending();
  commands_.emplace(id, std::move(pending));
  stream_->send(QmpMessage::command(id, command, arguments), descriptor);
  return answer;
}

void QmpClient::drain() { stream_->drain(); }

void QmpClient::onReceived(const QByteArray& bytes) {
  if (!lines_.append(bytes)) {
    breakOff({ErrorCode::Unavailable, "QEMU sent something unintelligible on its control socket.", "line too long", {}});
    return;
  }
  const QPointer<QmpClient> self(this);
  const auto lines = lines_.takeLines();
  for (const auto& line : lines) {
    const auto message = QmpMessage::parse(line);
    if (!message) return breakOff(message.error());
    onMessage(*message);
    // A receiver of the message may have destroyed or closed this.
    if (!self || !isOpen()) return;
  }
}

void QmpClient::onMessage(const QmpMessage& message) {
  switch (message.kind) {
    case QmpMessage::Kind::Greeting:
      return negotiate(message.description);
    case QmpMessage::Kind::Event:
      emit eventReceived(message.name, message.data);
      return;
    case QmpMessage::Kind::Return:
    case QmpMessage::Kind::Error:
      return onAnswer(message);
  }
}

void QmpClient::negotiate(const QString& version) {
  if (greeted_.isResolved()) return;
  whenDone(execute(QStringLiteral("qmp_capabilities")), this, [this, version](const Result<QJsonValue>& answer) {
    greetingLimit_.stop();
    if (!answer) return greeted_.resolve(failure(answer.error()));
    greeted_.resolve(version);
  });
}

void QmpClient::onAnswer(const QmpMessage& message) {
  const auto found = commands_.find(message.id);
  // Unknown ids are answers that came after their time limit.
  if (found == commands_.end()) return;
  const auto node = commands_.extract(found);
  const auto& command = node.mapped();
  if (message.kind == QmpMessage::Kind::Return) return command.answer.resolve(message.value);
  command.answer.resolve(failure(ErrorCode::Conflict,
                                 "QEMU refused \"" + command.name.toStdString() + "\": " + message.description.toStdString() + ".",
                                 message.name.toStdString()));
}

void QmpClient::onTimedOut(qint64 id) {
  auto node = commands_.extract(id);
  if (node.empty()) return;
  // This runs in the timer's own signal.
  node.mapped().limit.release()->deleteLater();
  node.mapped().answer.resolve(
      failure(ErrorCode::TimedOut, "QEMU did not answer \"" + node.mapped().name.toStdString() + "\" in time; it may hang."));
}

void QmpClient::breakOff(const Error& error) {
  greetingLimit_.stop();
  stream_->close();
  auto commands = std::exchange(commands_, {});
  for (const auto& [id, command] : commands) command.answer.resolve(failure(error));
  greeted_.resolve(failure(error));
  emit closed();
}

}  // namespace terrarium
