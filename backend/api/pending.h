// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QFuture>
#include <QFutureWatcher>
#include <QObject>
#include <QPromise>
#include <memory>
#include <utility>

#include "backend/support/result.h"

namespace terrarium {

/// An answer that comes later. Receive it only through whenDone().
template <class T>
using Pending = QFuture<Result<T>>;

/// Calls `callback(Result<T>)` once in the thread of `context`, never before this call returned, and not at all when `context` has
/// been destroyed by then. (QFuture::then(context, ...) of Qt 6.4 aborts when the context died first.)
template <class T, class Callback>
void whenDone(const QFuture<Result<T>>& pending, QObject* context, Callback callback) {
  auto* watcher = new QFutureWatcher<Result<T>>(context);
  QObject::connect(watcher, &QFutureWatcherBase::finished, context, [watcher, callback = std::move(callback)]() mutable {
    watcher->deleteLater();
    auto future = watcher->future();
    if (future.resultCount() == 0) {
      callback(Result<T>(failure(ErrorCode::Cancelled, "The operation was abandoned.")));
    } else {
      callback(future.result());
    }
  });
  watcher->setFuture(pending);
}

/// The giving end of a Pending. Copies share the same answer; the first resolve() counts, later ones are ignored. When the last
/// copy goes without an answer, the receiver gets ErrorCode::Cancelled.
template <class T>
class Resolver {
 public:
  Resolver() : shared_(std::make_shared<Shared>()) { shared_->promise.start(); }

  [[nodiscard]] Pending<T> pending() const { return shared_->promise.future(); }

  void resolve(Result<T> result) const {
    if (shared_->resolved) return;
    shared_->resolved = true;
    shared_->promise.addResult(std::move(result));
    shared_->promise.finish();
  }

  [[nodiscard]] bool isResolved() const { return shared_->resolved; }

 private:
  struct Shared {
    QPromise<Result<T>> promise;
    bool resolved = false;
    ~Shared() {
      if (!resolved) promise.finish();
    }
  };
  std::shared_ptr<Shared> shared_;
};

/// An answer that is known already.
template <class T>
[[nodiscard]] Pending<T> settled(Result<T> result) {
  Resolver<T> resolver;
  resolver.resolve(std::move(result));
  return resolver.pending();
}

}  // namespace terrarium
