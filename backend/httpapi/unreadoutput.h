// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QObject>

#include "backend/api/exec.h"
#include "backend/httpapi/exchange.h"

namespace terrarium {

/// The output of a command that is under way to the client: given back to the command, so that it may write on, as it reaches the
/// wire. A child of the session.
class UnreadOutput : public QObject {
  Q_OBJECT
 public:
  UnreadOutput(Exchange& exchange, ExecSession& session) : QObject(&session), exchange_(exchange), session_(session) {
    connect(&exchange, &Exchange::sent, this, &UnreadOutput::settle);
  }

  /// After that much output has been handed to the exchange.
  void add(qint64 bytes) {
    owed_ += bytes;
    settle();
  }

 private:
  void settle() {
    // What is unsent is at least as long as the output in it.
    const auto arrived = owed_ - exchange_.unsent();
    if (arrived <= 0) return;
    owed_ -= arrived;
    session_.consumed(arrived);
  }
  Exchange& exchange_;
  ExecSession& session_;
  qint64 owed_ = 0;
};

}  // namespace terrarium
