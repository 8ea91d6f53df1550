// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QObject>
#include <QTest>
#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "backend/api/facade.h"

namespace terrarium {

/// An implementation of the facade, ready to be tried: no sandboxes, `superserve/base` ready. A create has to last so long (some
/// 20 ms) that it can be cancelled after its first announcement. Destroyed after every test.
class FacadeFixture {
 public:
  virtual ~FacadeFixture() = default;
  [[nodiscard]] virtual Facade& facade() = 0;
  /// Of the slowest operation.
  [[nodiscard]] virtual std::chrono::milliseconds patience() const { return std::chrono::seconds(10); }
  /// A lifetime that is over soon, but not before a create and a pause are done.
  [[nodiscard]] virtual std::int64_t shortLifetimeSeconds() const { return 2; }
  /// Hands out raw connections into sandboxes, where port 8000 listens.
  [[nodiscard]] virtual bool connectsPorts() const { return true; }
};
using FixtureFactory = std::function<std::unique_ptr<FacadeFixture>()>;

/// Runs the whole contract; the result is the exit code of a test program. A command line that names a test runs only that.
[[nodiscard]] int runFacadeContract(int argc, char** argv, const FixtureFactory& factory);

/// What was announced, in order.
class EventLog : public QObject {
 public:
  explicit EventLog(Events& events);

  [[nodiscard]] std::vector<SandboxState> statesOf(const SandboxId& id) const;
  [[nodiscard]] bool hasRemoved(const SandboxId& id) const;
  /// Every announcement of that operation.
  [[nodiscard]] std::vector<OperationProgress> progressOf(const OperationId& operation) const;

  std::vector<SandboxInfo> changed;
  std::vector<SandboxId> removed;
  std::vector<OperationProgress> progress;
  std::vector<SandboxStatistics> statistics;
};

/// How a session went.
struct SessionLog {
  QByteArray out;
  QByteArray err;
  int startedCount = 0;
  int endCount = 0;
  bool outputBeforeStart = false;
  std::optional<ExecResult> result;
  std::optional<Error> error;
};
/// Records a session and gives back all that it delivers. The log must outlive the session.
void follow(ExecSession& session, SessionLog& log);

/// What the parts of the contract share: a fresh fixture for each test and ways to wait.
class FacadeContract : public QObject {
  Q_OBJECT
 public:
  explicit FacadeContract(FixtureFactory factory) : factory_(std::move(factory)) {}

 protected:
  [[nodiscard]] Facade& facade() { return fixture_->facade(); }
  [[nodiscard]] FacadeFixture& fixture() { return *fixture_; }
  [[nodiscard]] bool waitFor(const std::function<bool()>& condition);

  /// TimedOut when the answer does not come.
  template <class T>
  [[nodiscard]] Result<T> await(const Pending<T>& pending) {
    auto answer = std::make_shared<std::optional<Result<T>>>();
    whenDone(pending, this, [answer](Result<T> result) { *answer = std::move(result); });
    if (!waitFor([&] { return answer->has_value(); })) return failure(ErrorCode::TimedOut, "no answer came");
    return **answer;
  }

  /// A new active sandbox; the test fails and ends when it cannot be had.
  [[nodiscard]] SandboxInfo made(const SandboxSpec& spec);
  [[nodiscard]] SandboxInfo madePaused(const SandboxSpec& spec);
  [[nodiscard]] SandboxState stateOf(const SandboxId& id);
  /// The outcome of a command, complete.
  [[nodiscard]] SessionLog exec(const SandboxId& id, const ExecRequest& request);
  [[nodiscard]] SessionLog exec(const SandboxId& id, const std::string& command);

 private slots:
  void init();
  void cleanup();

 private:
  FixtureFactory factory_;
  std::unique_ptr<FacadeFixture> fixture_;
};

/// The code of the error, or nothing when it went well.
template <class T>
[[nodiscard]] std::optional<ErrorCode> problem(const Result<T>& result) {
  return result ? std::nullopt : std::optional<ErrorCode>(result.error().code);
}

}  // namespace terrarium

/// Compares the error code of a Result and shows its message when it is another one.
#define COMPARE_PROBLEM(result, wanted)                                                       \
  do {                                                                                        \
    const auto& compared = (result);                                                          \
    QVERIFY2(::terrarium::problem(compared) == std::optional<::terrarium::ErrorCode>(wanted), \
             compared ? "it was accepted" : compared.error().message.c_str());                \
  } while (false)
#define VERIFY_WENT_WELL(result)                                          \
  do {                                                                    \
    const auto& verified = (result);                                      \
    QVERIFY2(verified, verified ? "" : verified.error().message.c_str()); \
  } while (false)
