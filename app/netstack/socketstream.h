// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <memory>

#include "backend/egress/channel/flowchannel.h"
#include "backend/egress/netstack/stream.h"
#include "backend/support/descriptor.h"

namespace terrarium::netstack {

/// A flow's socket towards egress, watched by an epoll descriptor under the number of its flow.
class SocketStream final : public Stream {
 public:
  /// Nothing when that descriptor cannot be watched.
  [[nodiscard]] static std::unique_ptr<SocketStream> watch(Descriptor socket, int epoll, egress::FlowId id);

  [[nodiscard]] Moved read(Space into) override;
  [[nodiscard]] Moved write(Bytes bytes) override;
  void endWriting() override;

 private:
  SocketStream(Descriptor socket, int epoll, egress::FlowId id) : socket_(std::move(socket)), epoll_(epoll), id_(id) {}

  Descriptor socket_;
  int epoll_;
  egress::FlowId id_;
  bool watchesRoom_ = false;
};

}  // namespace terrarium::netstack
