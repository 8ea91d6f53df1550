// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/guest/agentlink.h"

#include <QRandomGenerator>
#include <utility>

namespace terrarium {

namespace {
constexpr std::chrono::milliseconds kConnectAgain{20};
constexpr std::chrono::milliseconds kGreetAgain{30};
constexpr qint64 kReadAtOnce = 256 * 1024;
constexpr std::size_t kLongestVersion = 128;
}  // namespace

AgentLink::AgentLink(QString socketPath, QObject* parent) : QObject(parent), path_(std::move(socketPath)) {
  socket_.setReadBufferSize(kReadAtOnce);
  deadline_.setSingleShot(true);
  retry_.setSingleShot(true);
  connect(&socket_, &QLocalSocket::connected, this, &AgentLink::connected);
  connect(&socket_, &QLocalSocket::readyRead, this, &AgentLink::readBytes);
  connect(&socket_, &QLocalSocket::errorOccurred, this, &AgentLink::connectionFailed);
  connect(&socket_, &QLocalSocket::disconnected, this, &AgentLink::connectionFailed);
  connect(&retry_, &QTimer::timeout, this, [this] { state_ == State::Greeting ? greet() : tryToConnect(); });
  connect(&deadline_, &QTimer::timeout, this, [this] {
    const auto detail = "socket " + path_.toStdString() + ": " + socket_.errorString().toStdString();
    fail({ErrorCode::TimedOut, "The guest agent did not answer in time.", detail});
  });
}

AgentLink::~AgentLink() { socket_.disconnect(this); }

void AgentLink::open(std::chrono::milliseconds limit) {
  state_ = State::Connecting;
  deadline_.start(limit);
  retry_.start(0);
}

void AgentLink::tryToConnect() {
  if (state_ != State::Connecting) return;
  socket_.abort();
  socket_.connectToServer(path_);
}

void AgentLink::connected() {
  state_ = State::Greeting;
  reader_.reset();
  do {
    session_ = QRandomGenerator::system()->generate64();
  } while (session_ == 0);
  greet();
}

// Repeated until it is answered: a guest that boots has nobody listening yet, a restored one may lose what came early.
void AgentLink::greet() {
  if (socket_.bytesToWrite() == 0) {
    std::string bytes(guest::conversationMark());
    guest::HostFrame frame;
    frame.mutable_hello()->set_protocol(guest::kProtocolVersion);
    frame.mutable_hello()->set_session(session_);
    guest::appendFrame(bytes, frame);
    socket_.write(bytes.data(), static_cast<qint64>(bytes.size()));
    socket_.flush();
  }
  retry_.start(kGreetAgain);
}

void AgentLink::connectionFailed() {
  switch (state_) {
    case State::Closed:
      return;
    case State::Connecting:
    case State::Greeting:
      state_ = State::Connecting;
      retry_.start(kConnectAgain);
      return;
    case State::Ready:
      fail({ErrorCode::Unavailable, "The connection to the guest agent was lost.", socket_.errorString().toStdString()});
      return;
  }
}

void AgentLink::readBytes() {
  using Step = guest::FrameReader::Step;
  while (socket_.bytesAvailable() > 0 && (state_ == State::Greeting || state_ == State::Ready)) {
    const auto bytes = socket_.read(kReadAtOnce);
    reader_.feed({bytes.constData(), static_cast<std::size_t>(bytes.size())});
    const auto session = session_;
    for (auto step = reader_.next(); step != Step::NeedMore; step = reader_.next()) {
      guest::GuestFrame frame;
      const auto message = reader_.message();
      const bool understood =
          step == Step::Mark || (step == Step::Message && frame.ParseFromArray(message.data(), static_cast<int>(message.size())));
      if (!understood && state_ == State::Ready) return hangUp("it sent bytes that are no message");
      if (step == Step::Message && understood) handle(frame);
      // What handles a frame may have hung up, and even have connected anew.
      if (session != session_ || (state_ != State::Greeting && state_ != State::Ready)) return;
    }
  }
}

void AgentLink::handle(const guest::GuestFrame& frame) {
  if (frame.has_hello_ack()) return acknowledged(frame.hello_ack());
  // Before the answer to our greeting everything belongs to a conversation that is over.
  if (state_ == State::Ready) emit frameReceived(frame);
}

void AgentLink::acknowledged(const guest::HelloAck& ack) {
  if (state_ != State::Greeting || ack.session() != session_) return;
  retry_.stop();
  deadline_.stop();
  state_ = State::Ready;
  agentVersion_.clear();
  for (const char c : ack.agent_version().substr(0, kLongestVersion)) agentVersion_ += c > ' ' && c < '\x7f' ? c : '?';
  emit ready();
}

bool AgentLink::send(const guest::HostFrame& frame) {
  if (state_ != State::Ready) return false;
  std::string bytes;
  guest::appendFrame(bytes, frame);
  if (bytes.size() > guest::kMaxHostMessage || bytes.find(guest::conversationMark()) != std::string::npos) return false;
  socket_.write(bytes.data(), static_cast<qint64>(bytes.size()));
  socket_.flush();
  return true;
}

void AgentLink::hangUp(const std::string& reason) {
  if (state_ != State::Ready) return;
  fail({ErrorCode::Unavailable, "The connection to the guest agent was closed: " + reason + ".", reason});
}

void AgentLink::fail(const Error& error) {
  state_ = State::Closed;
  retry_.stop();
  deadline_.stop();
  socket_.abort();
  emit broken(error);
}

}  // namespace terrarium
