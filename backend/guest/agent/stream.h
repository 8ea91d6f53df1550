// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>
#include <string_view>
#include <sys/types.h>

#include "backend/guest/agent.pb.h"
#include "backend/guest/agent/eventloop.h"
#include "backend/guest/agent/execgroups.h"
#include "backend/guest/agent/identity.h"
#include "backend/support/error.h"

namespace terrarium::agent {

/// What streams need of the conversation they belong to.
class Channel {
 public:
  virtual ~Channel() = default;
  virtual void send(const guest::GuestFrame& frame) = 0;
  /// How many bytes of content may be queued for the host just now.
  [[nodiscard]] virtual std::size_t room() const = 0;
  /// Removes the stream once control is back in the conversation.
  virtual void finished(std::uint32_t stream) = 0;
  [[nodiscard]] virtual EventLoop& loop() = 0;
  [[nodiscard]] virtual const Identity& identity() const = 0;
  [[nodiscard]] virtual ExecGroups& groups() = 0;
};

/// Something that goes on between host and guest under one number: a command, a terminal, a file. Owned by the conversation;
/// destroying it ends what it does. Keeps the accounts of credit in both directions.
class Stream {
 public:
  Stream(Channel& channel, std::uint32_t id) : channel_(channel), id_(id) {}
  Stream(const Stream&) = delete;
  Stream& operator=(const Stream&) = delete;
  virtual ~Stream() = default;

  void receive(const guest::HostFrame& frame);
  /// Sends what it can. Called whenever credit came or room was made; true: there is more to send at once.
  virtual bool pump() { return false; }
  /// Any child of the agent ended.
  virtual void childEnded(pid_t /*child*/, int /*status*/) {}

 protected:
  virtual void dataReceived(const std::string& /*data*/) {}
  virtual void endReceived() {}
  virtual void signalReceived(std::string_view /*name*/) {}
  virtual void resized(unsigned /*columns*/, unsigned /*rows*/) {}

  /// Content bytes that may be sent now.
  [[nodiscard]] std::size_t allowance() const;
  void sendContent(guest::GuestFrame& frame, std::size_t contentBytes);
  void sendFrame(guest::GuestFrame& frame);
  void fail(const Error& error, int errorNumber = 0);
  void finish() { channel_.finished(id_); }
  /// That much of what was received has been dealt with.
  void giveCredit(std::size_t bytes);
  [[nodiscard]] Channel& channel() const { return channel_; }
  [[nodiscard]] std::uint32_t id() const { return id_; }

 private:
  Channel& channel_;
  std::uint32_t id_;
  std::size_t window_ = 256 * 1024;
  std::size_t owedCredit_ = 0;
};

[[nodiscard]] guest::Failure toFailure(const Error& error, int errorNumber);

}  // namespace terrarium::agent
