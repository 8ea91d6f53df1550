// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/netstack/framecable.h"

#include <cerrno>
#include <sys/socket.h>

namespace terrarium::netstack {

bool FrameCable::send(Bytes frame) {
  // Whatever else goes wrong, the machine is gone or standing up again, and frames get lost on the way to it.
  return ::send(socket_, frame.data(), frame.size(), MSG_DONTWAIT | MSG_NOSIGNAL) >= 0 || errno != EAGAIN;
}

std::size_t FrameCable::receive(Space into) const {
  const auto size = ::recv(socket_, into.data(), into.size(), MSG_DONTWAIT);
  return size > 0 ? static_cast<std::size_t>(size) : 0;
}

}  // namespace terrarium::netstack
