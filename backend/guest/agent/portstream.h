// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <string>

#include "backend/guest/agent/stream.h"

namespace terrarium::agent {

/// A TCP connection to whatever listens on a port of the guest's loopback: IPv4 first, then IPv6. Each direction ends by itself;
/// destroying it earlier resets the connection.
class PortStream final : public Stream {
 public:
  PortStream(Channel& channel, std::uint32_t id, std::uint32_t port);
  ~PortStream() override;

  bool pump() override;

 protected:
  void dataReceived(const std::string& data) override;
  void endReceived() override;

 private:
  void connectTo(int family);
  void attempted(int error);
  void happened(std::uint32_t events);
  void read();
  void write();
  void finishIfClosed();
  void breakWrite();
  void lost();
  void closeSocket();

  std::uint32_t port_;
  int fd_ = -1;
  int family_ = 0;
  bool connected_ = false;
  bool readable_ = false;  ///< epoll said so and it was not read dry since
  bool readEnded_ = false;
  bool writeEnding_ = false;
  bool writeEnded_ = false;
  bool broken_ = false;  ///< the program refused what it was sent
  std::string pending_;
  EventLoop::Timer limit_ = 0;
};

}  // namespace terrarium::agent
