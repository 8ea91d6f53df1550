// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QProcess>
#include <QTemporaryDir>
#include <QTest>
#include <optional>

#include "backend/api/pending.h"

namespace terrarium {

/// The real agent program, serving a unix socket as an ordinary process. Ended with this object.
class AgentProcess {
 public:
  AgentProcess() {
    process_.setProcessChannelMode(QProcess::ForwardedChannels);
    process_.start(QStringLiteral(TERRARIUM_BINARY_DIR "/bin/terrarium-agent"), {QStringLiteral("--socket"), socket()});
    process_.waitForStarted();
  }
  ~AgentProcess() { kill(); }

  [[nodiscard]] QString socket() const { return folder_.filePath(QStringLiteral("agent.sock")); }
  void kill() {
    process_.kill();
    process_.waitForFinished();
  }

 private:
  QTemporaryDir folder_;
  QProcess process_;
};

template <class T>
Result<T> answerOf(const Pending<T>& pending) {
  QObject context;
  std::optional<Result<T>> answer;
  whenDone(pending, &context, [&answer](Result<T> given) { answer = std::move(given); });
  if (!QTest::qWaitFor([&answer] { return answer.has_value(); }, 20000)) {
    return failure(ErrorCode::TimedOut, "no answer in the test");
  }
  return *answer;
}

}  // namespace terrarium
