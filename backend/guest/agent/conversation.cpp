// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/guest/agent/conversation.h"

#include <array>
#include <cerrno>
#include <sys/utsname.h>
#include <unistd.h>

#include "backend/guest/agent/directorylisting.h"
#include "backend/guest/agent/filereader.h"
#include "backend/guest/agent/filewriter.h"
#include "backend/guest/agent/portstream.h"
#include "backend/guest/agent/processstream.h"
#include "backend/guest/agent/settle.h"
#include "backend/guest/agent/zipstream.h"
#include "backend/guest/agentversion.h"

namespace terrarium::agent {

namespace {
constexpr std::size_t kHighWater = 256 * 1024;
constexpr std::size_t kMostStreams = 1024;
constexpr std::chrono::milliseconds kStatisticsEvery{1000};
}  // namespace

Conversation::~Conversation() { end(); }

void Conversation::attach(int fd) {
  end();
  reader_.reset();
  fd_ = fd;
}

void Conversation::end() {
  loop_.cancel(statisticsTimer_);
  streams_.clear();
  finished_.clear();
  output_.clear();
  written_ = 0;
  session_ = 0;
  acknowledge_ = false;
}

bool Conversation::work() {
  if (fd_ < 0) return false;
  if (readAll()) return true;
  end();
  reader_.reset();
  return false;
}

bool Conversation::readAll() {
  static std::array<char, 64 * 1024> buffer;
  while (true) {
    const auto count = read(fd_, buffer.data(), buffer.size());
    if (count > 0) {
      reader_.feed({buffer.data(), static_cast<std::size_t>(count)});
      handleInput();
      continue;
    }
    if (count < 0 && errno == EINTR) continue;
    return count < 0 && errno == EAGAIN;
  }
}

void Conversation::handleInput() {
  using Step = guest::FrameReader::Step;
  for (auto step = reader_.next(); step != Step::NeedMore; step = reader_.next()) {
    if (step == Step::Bad) end();
    if (step != Step::Message) continue;
    guest::HostFrame frame;
    const auto message = reader_.message();
    if (frame.ParseFromArray(message.data(), static_cast<int>(message.size()))) handleFrame(frame);
    removeFinished();
  }
}

void Conversation::handleFrame(const guest::HostFrame& frame) {
  if (frame.has_hello()) return greet(frame.hello());
  if (session_ == 0) return;
  if (frame.stream() == 0) return;
  if (statisticsTimer_ == 0 && !frame.has_settle()) reportStatistics();
  const auto it = streams_.find(frame.stream());
  if (it != streams_.end()) return it->second->receive(frame);
  handleRequest(frame);
}

void Conversation::greet(const guest::Hello& hello) {
  // Repetitions of the announcement are answered, too: the first answer may have been lost.
  if (hello.session() != session_) end();
  session_ = hello.session();
  acknowledge_ = true;
}

void Conversation::handleRequest(const guest::HostFrame& frame) {
  using Body = guest::HostFrame::BodyCase;
  const auto id = frame.stream();
  switch (frame.body_case()) {
    case Body::kPing:
      return answer(id, {});
    case Body::kAssume:
      return answer(id, identity_.assume(frame.assume()));
    case Body::kSettle:
      loop_.cancel(statisticsTimer_);
      identity_.settle();
      return answer(id, settleFileSystems(frame.settle().trim()));
    case Body::kData:
    case Body::kEnd:
    case Body::kSignal:
    case Body::kResize:
    case Body::kCredit:
    case Body::kCancel:
      return;  // for a stream that has just ended
    default:
      break;
  }
  if (streams_.size() >= kMostStreams) {
    return answer(id, failure(ErrorCode::Unavailable, "The sandbox has too many commands and transfers going on at once."));
  }
  auto stream = open(frame);
  if (stream) {
    auto& opened = *(streams_[id] = std::move(stream));
    opened.pump();
    return;
  }
  guest::GuestFrame reply;
  reply.set_stream(id);
  reply.mutable_failure()->set_kind(guest::Failure::UNSUPPORTED);
  reply.mutable_failure()->set_message("The agent in this sandbox is too old for that.");
  send(reply);
}

std::unique_ptr<Stream> Conversation::open(const guest::HostFrame& frame) {
  using Body = guest::HostFrame::BodyCase;
  const auto id = frame.stream();
  switch (frame.body_case()) {
    case Body::kExec:
      return std::make_unique<ProcessStream>(*this, id, frame.exec());
    case Body::kOpenTerminal:
      return std::make_unique<ProcessStream>(*this, id, frame.open_terminal());
    case Body::kReadFile:
      return std::make_unique<FileReader>(*this, id, frame.read_file());
    case Body::kReadZip:
      return std::make_unique<ZipStream>(*this, id, frame.read_zip().path());
    case Body::kWriteFile:
      return std::make_unique<FileWriter>(*this, id, frame.write_file().path());
    case Body::kList:
      return std::make_unique<DirectoryListing>(*this, id, frame.list().path());
    case Body::kStat:
      return std::make_unique<FileStatus>(*this, id, frame.stat().path());
    case Body::kConnectPort:
      return std::make_unique<PortStream>(*this, id, frame.connect_port().port());
    default:
      return nullptr;
  }
}

void Conversation::answer(std::uint32_t stream, const Result<void>& result) {
  guest::GuestFrame frame;
  frame.set_stream(stream);
  if (result) {
    frame.mutable_done();
  } else {
    *frame.mutable_failure() = toFailure(result.error(), 0);
  }
  send(frame);
}

void Conversation::send(const guest::GuestFrame& frame) {
  if (session_ != 0) guest::appendFrame(output_, frame);
}

std::size_t Conversation::room() const {
  const auto waiting = output_.size() - written_;
  return waiting >= kHighWater ? 0 : kHighWater - waiting;
}

bool Conversation::settleRound() {
  if (acknowledge_) {
    acknowledge_ = false;
    output_.append(guest::conversationMark());
    guest::GuestFrame frame;
    auto& ack = *frame.mutable_hello_ack();
    ack.set_protocol(guest::kProtocolVersion);
    ack.set_session(session_);
    ack.set_agent_version(guest::kAgentVersion);
    utsname system{};
    if (uname(&system) == 0) ack.set_kernel(system.release);
    guest::appendFrame(output_, frame);
    if (statisticsTimer_ == 0) reportStatistics();
  }
  flush();
  bool more = false;
  for (auto& [id, stream] : streams_) more = stream->pump() || more;
  removeFinished();
  if (!output_.empty()) flush();
  return more && room() > 0;
}

void Conversation::flush() {
  while (fd_ >= 0 && written_ < output_.size()) {
    const auto count = write(fd_, output_.data() + written_, output_.size() - written_);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) break;
    written_ += static_cast<std::size_t>(count);
  }
  if (written_ == output_.size()) {
    output_.clear();
    written_ = 0;
  } else if (written_ > kHighWater) {
    output_.erase(0, written_);
    written_ = 0;
  }
}

void Conversation::childEnded(pid_t child, int status) {
  for (auto& [id, stream] : streams_) stream->childEnded(child, status);
  removeFinished();
}

void Conversation::removeFinished() {
  while (!finished_.empty()) {
    const auto id = finished_.back();
    finished_.pop_back();
    streams_.erase(id);
  }
}

void Conversation::reportStatistics() {
  statisticsTimer_ = loop_.after(kStatisticsEvery, [this] {
    statisticsTimer_ = 0;
    guest::GuestFrame frame;
    *frame.mutable_statistics() = statistics_.measure();
    if (output_.size() - written_ < kHighWater / 4) send(frame);
    reportStatistics();
  });
}

}  // namespace terrarium::agent
