// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <netinet/in.h>
#include <sys/socket.h>

#include "backend/egress/policy/ipaddress.h"

namespace terrarium::egress {

/// An address and a port as the kernel takes them.
class SocketAddress {
 public:
  SocketAddress(const IpAddress& address, std::uint16_t port) {
    if (address.isV4()) {
      v4_.sin_family = AF_INET;
      v4_.sin_port = htons(port);
      v4_.sin_addr.s_addr = htonl(address.v4());
      return;
    }
    v6_ = {};
    v6_.sin6_family = AF_INET6;
    v6_.sin6_port = htons(port);
    for (std::size_t i = 0; i < address.bytes().size(); ++i) v6_.sin6_addr.s6_addr[i] = address.bytes()[i];
  }

  [[nodiscard]] int family() const { return any_.sa_family; }
  [[nodiscard]] const sockaddr* data() const { return &any_; }
  [[nodiscard]] socklen_t size() const { return family() == AF_INET ? sizeof v4_ : sizeof v6_; }

 private:
  union {
    sockaddr any_;
    sockaddr_in v4_ = {};
    sockaddr_in6 v6_;
  };
};

}  // namespace terrarium::egress
