// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "backend/guest/agent/conversation.h"

namespace terrarium::agent {

/// The agent at work: one conversation at a time over a port, a socket or whoever connects, and the funeral of every child.
class Service {
 public:
  explicit Service(bool ownsSystem);
  Service(const Service&) = delete;
  Service& operator=(const Service&) = delete;
  ~Service();

  /// Serves a port: hosts come and go. Never returns.
  void servePort(int port);
  /// Serves one connection until its end.
  void serveConnection(int connection);
  /// Takes connections on a listening socket; a new one replaces the one before.
  void serveListener(int listener);

 private:
  void watchChildren();
  void reapChildren();

  EventLoop loop_;
  Identity identity_;
  ExecGroups groups_;
  Conversation conversation_{loop_, identity_, groups_};
  int signals_ = -1;
  int connection_ = -1;
};

}  // namespace terrarium::agent
