// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QElapsedTimer>
#include <QObject>
#include <functional>
#include <type_traits>
#include <utility>

#include "backend/api/events.h"
#include "backend/api/pending.h"
#include "backend/engine/operations/undosteps.h"

namespace terrarium {

/// What an operation is about, as announced with its progress.
struct OperationSubject {
  OperationId operation;
  OperationKind kind = OperationKind::Create;
  std::string id;  ///< of the sandbox or template
  std::string name;
  int stageCount = 1;
};

/// One run of a verb: steps one after the other, each of which registers how to undo it; failure or cancel runs these backwards,
/// and only then the operation answers. Owned by OperationRunner. Engine thread.
class Operation : public QObject {
  Q_OBJECT
 public:
  explicit Operation(OperationSubject subject) : subject_(std::move(subject)) { elapsed_.start(); }

  [[nodiscard]] const OperationSubject& subject() const { return subject_; }
  virtual void begin() = 0;
  /// Takes hold at once where a step is only waited for, else when the running step is done; not at all after the last step.
  void cancel(const Error& why);

 signals:
  void progressed(const terrarium::OperationProgress& progress);
  /// The last signal. `error` is empty when it succeeded.
  void ended(const std::optional<terrarium::Error>& error);

 protected:
  /// A stage begins. False when the operation was cancelled: then it is over and the caller returns.
  [[nodiscard]] bool enter(const char* stage);
  void note(const std::string& stage, std::optional<double> fraction, const std::string& logLine = {});
  /// Goes on with `next(value)`; fails when `pending` fails. The answer must be seen, because something has to be undone.
  template <class T, class Next>
  void await(const Pending<T>& pending, Next next) {
    receive(pending, std::move(next));
  }
  /// The same where nothing is lost when the answer is not waited for.
  template <class T, class Next>
  void awaitAbandonable(const Pending<T>& pending, Next next) {
    abandonable_ = true;
    receive(pending, std::move(next));
  }
  void undoWith(UndoSteps::Step step) { undo_.add(std::move(step)); }
  /// Nothing is undone any more.
  void commit() { undo_.commit(); }
  /// A cancel comes too late from here on.
  void closeToCancel() { cancellable_ = false; }
  void succeed();
  void fail(const Error& why);
  [[nodiscard]] bool isOver() const { return over_; }
  /// For undo steps: why it is undone.
  [[nodiscard]] const Error& reason() const { return reason_; }

  /// What is told of a failure, to whoever asked and to everybody who watches.
  [[nodiscard]] virtual Error worded(const Error& error) const { return error; }
  /// The result goes to whoever asked. Called once, after undoing.
  virtual void answer(const std::optional<Error>& error) = 0;

 private:
  template <class T, class Next>
  void receive(const Pending<T>& pending, Next next) {
    whenDone(pending, this, [this, round = ++round_, next = std::move(next)](Result<T> result) mutable {
      if (over_) return;
      if (round == round_) abandonable_ = false;
      if (!result) return fail(result.error());
      if constexpr (std::is_void_v<T>) {
        next();
      } else {
        next(std::move(*result));
      }
    });
  }
  [[nodiscard]] OperationProgress progress() const;

  OperationSubject subject_;
  UndoSteps undo_;
  QElapsedTimer elapsed_;
  std::string stage_;
  int stageIndex_ = -1;
  int round_ = 0;
  bool abandonable_ = false;
  bool cancellable_ = true;
  bool over_ = false;
  std::optional<Error> cancelled_;
  Error reason_;
};

/// What a cancelled operation answers.
[[nodiscard]] Error cancelledByRequest();

}  // namespace terrarium
