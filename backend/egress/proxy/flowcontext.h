// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <functional>

#include "backend/egress/channel/flowchannel.h"
#include "backend/egress/policy/judge.h"
#include "backend/egress/proxy/dnsfront.h"
#include "backend/egress/proxy/eventlog.h"
#include "backend/egress/proxy/eventloop.h"
#include "backend/egress/proxy/nameresolver.h"

namespace terrarium::egress {

/// What every flow of a gateway works with; all of it outlives them.
struct FlowContext {
  EventLoop& loop;
  Judge& judge;
  NameResolver& resolver;
  DnsFront& dns;
  EventLog& log;
  std::function<void(const FlowMessage& message, Descriptor descriptor)> tellNetstack;
  /// The flow is to be destroyed, but not while it is being called.
  std::function<void(FlowId id)> over;
  /// Keeps the guest's end of a broken flow until the netstack is done with it: closed at once, it would look like an orderly end.
  std::function<void(FlowId id, Descriptor guest)> keepBroken;
  std::size_t halfOpen = 0;  ///< flows that neither carry bytes nor are over
};

}  // namespace terrarium::egress
