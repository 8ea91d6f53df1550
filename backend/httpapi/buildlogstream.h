// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QObject>
#include <QTimer>

#include "backend/api/facade.h"
#include "backend/httpapi/exchange.h"

namespace terrarium {

/// The log of one build as server-sent events: asks for what is new whenever the build announces something, until it is over. A
/// child of its exchange; a client that does not read is cut off.
class BuildLogStream : public QObject {
  Q_OBJECT
 public:
  BuildLogStream(Exchange& exchange, Facade& facade, TemplateRef ref, std::string build, std::size_t from, bool follows,
                 std::chrono::milliseconds keepAlive);

 private:
  void ask();
  void send(const BuildLogPart& part);
  void sendEnd(const BuildInfo& build);

  Exchange& exchange_;
  Facade& facade_;
  TemplateRef ref_;
  std::string build_;
  std::size_t next_;
  bool follows_;
  bool asking_ = false;
  bool askAgain_ = false;
  bool isQueued_ = false;
  QTimer keepAlive_;
  QTimer queued_;
};

}  // namespace terrarium
