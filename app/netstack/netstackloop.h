// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <optional>
#include <vector>

#include "app/netstack/controlchannel.h"
#include "app/netstack/framecable.h"
#include "backend/egress/netstack/netstack.h"
#include "backend/support/descriptor.h"

struct epoll_event;

namespace terrarium::netstack {

/// The program's only thread: brings what its descriptors say to Netstack, and Netstack's answers back.
class NetstackLoop {
 public:
  struct Descriptors {
    Descriptor frames;   ///< datagram socket to the machine's network card
    Descriptor control;  ///< to egress
    Descriptor renewal;  ///< optional: brings another `control` when egress was started anew
  };

  NetstackLoop(Descriptors descriptors, const HashKey& key);

  [[nodiscard]] int epollNumber() const { return epoll_.number(); }
  /// Until the control channel is gone and no other one can come.
  void run();

 private:
  void handle(const epoll_event& event, Time now);
  void readFrames(Time now);
  void readControl(Time now);
  void readRenewal();
  /// After each batch: egress may have ended anywhere in it.
  void noticeEndOfControl();
  void watch(int socket, std::uint64_t name);
  void updateInterest();
  [[nodiscard]] int timeout() const;

  Descriptor epoll_;
  Descriptor frames_;
  std::optional<egress::FlowSocket> renewal_;
  FrameCable cable_;
  ControlChannel control_;
  Netstack netstack_;
  std::vector<std::uint8_t> frame_;
  bool hadControl_ = true;
  bool awaitsCable_ = false;
  bool awaitsControl_ = false;
};

}  // namespace terrarium::netstack
