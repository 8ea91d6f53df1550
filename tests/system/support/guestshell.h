// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QLocalSocket>
#include <QString>
#include <QTest>
#include <optional>
#include <string>

#include "backend/api/pending.h"

namespace terrarium {

/// Long enough for an emulated guest on a busy computer.
constexpr int kLong = 60000;

/// Waits for an answer in the test's event loop.
template <class T>
Result<T> wait(const Pending<T>& pending) {
  QObject context;
  std::optional<Result<T>> answer;
  whenDone(pending, &context, [&answer](const Result<T>& result) { answer = result; });
  [&] { QTRY_VERIFY_WITH_TIMEOUT(answer.has_value(), kLong); }();
  return answer ? *answer : Result<T>(failure(ErrorCode::TimedOut, "no answer in time"));
}

template <class T>
std::string problemOf(const Result<T>& result) {
  return result ? std::string() : result.error().message + " " + result.error().detail;
}

#define VERIFY_RESULT(result)                   \
  do {                                          \
    const auto problem = problemOf(result);     \
    QVERIFY2(problem.empty(), problem.c_str()); \
  } while (false)

/// A conversation with the test guest's shell on the agent port.
class GuestShell {
 public:
  explicit GuestShell(const QString& socket);
  /// The first answer to a shell line.
  [[nodiscard]] QByteArray ask(const QByteArray& line);
  void say(const QByteArray& line);

 private:
  QLocalSocket socket_;
  QByteArray heard_;
};

}  // namespace terrarium
