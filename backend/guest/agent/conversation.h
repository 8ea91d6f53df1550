// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <map>
#include <memory>
#include <vector>

#include "backend/guest/agent/statistics.h"
#include "backend/guest/agent/stream.h"
#include "backend/guest/agentprotocol.h"

namespace terrarium::agent {

/// The agent's side of one byte stream: takes frames apart, starts what they ask for, queues what goes out. When a new session is
/// announced, or the host hangs up, everything that the old one started is ended.
class Conversation final : public Channel {
 public:
  Conversation(EventLoop& loop, Identity& identity, ExecGroups& groups) : loop_(loop), identity_(identity), groups_(groups) {}
  ~Conversation() override;

  /// Speaks over that descriptor from now on (-1: over none). The caller owns it and watches it with `events()`.
  void attach(int fd);
  /// Reads and writes what can be done without waiting. False: the host has hung up.
  [[nodiscard]] bool work();
  /// After each round of the event loop. True: there is more to do at once.
  [[nodiscard]] bool settleRound();
  void childEnded(pid_t child, int status);

  void send(const guest::GuestFrame& frame) override;
  [[nodiscard]] std::size_t room() const override;
  void finished(std::uint32_t stream) override { finished_.push_back(stream); }
  [[nodiscard]] EventLoop& loop() override { return loop_; }
  [[nodiscard]] const Identity& identity() const override { return identity_; }
  [[nodiscard]] ExecGroups& groups() override { return groups_; }

 private:
  [[nodiscard]] bool readAll();
  void handleInput();
  void handleFrame(const guest::HostFrame& frame);
  void handleRequest(const guest::HostFrame& frame);
  [[nodiscard]] std::unique_ptr<Stream> open(const guest::HostFrame& frame);
  void greet(const guest::Hello& hello);
  void end();
  void answer(std::uint32_t stream, const Result<void>& result);
  void flush();
  void reportStatistics();
  void removeFinished();

  EventLoop& loop_;
  Identity& identity_;
  ExecGroups& groups_;
  int fd_ = -1;
  guest::FrameReader reader_{guest::kMaxHostMessage, guest::FrameReader::Scan::Everywhere};
  std::string output_;
  std::size_t written_ = 0;
  std::uint64_t session_ = 0;
  bool acknowledge_ = false;
  std::map<std::uint32_t, std::unique_ptr<Stream>> streams_;
  std::vector<std::uint32_t> finished_;
  StatisticsSource statistics_;
  EventLoop::Timer statisticsTimer_ = 0;
};

}  // namespace terrarium::agent
