// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/desktop/keychainstore.h"

#include <QTimer>
#include <qt6keychain/keychain.h>

namespace terrarium {

namespace {

constexpr std::chrono::minutes kPatience{1};
const QString kService = QStringLiteral("terrarium");

Failure problemOf(const QKeychain::Job& job) {
  switch (job.error()) {
    case QKeychain::EntryNotFound:
      return failure(ErrorCode::NotFound, "There is no key for it in the keyring: type it again.");
    case QKeychain::AccessDenied:
    case QKeychain::AccessDeniedByUser:
      return failure(ErrorCode::Unavailable, "The keyring stayed closed.");
    default:
      return failure(ErrorCode::Unavailable, "No keyring answers on this desktop (" + job.errorString().toStdString() +
                                                 "); one such as GNOME Keyring or KWallet keeps keys between starts.");
  }
}

}  // namespace

template <class T, class Answer>
Pending<T> KeychainStore::run(QKeychain::Job* job, const QString& id, Answer answer) {
  const Resolver<T> resolver;
  job->setParent(this);
  job->setAutoDelete(true);
  job->setKey(id);
  // Without this QtKeychain would write into a plain file; said although it is the default.
  job->setInsecureFallback(false);
  connect(job, &QKeychain::Job::finished, this, [resolver, answer](QKeychain::Job* done) {
    if (done->error() == QKeychain::NoError)
      resolver.resolve(answer(done));
    else
      resolver.resolve(problemOf(*done));
  });
  QTimer::singleShot(kPatience, job, [resolver] {
    resolver.resolve(failure(ErrorCode::Unavailable, "The keyring has not answered for a minute."));
  });
  job->start();
  return resolver.pending();
}

Pending<QString> KeychainStore::read(const QString& id) {
  return run<QString>(new QKeychain::ReadPasswordJob(kService), id, [](QKeychain::Job* job) {
    return Result<QString>(static_cast<QKeychain::ReadPasswordJob*>(job)->textData());
  });
}

Pending<void> KeychainStore::write(const QString& id, const QString& key) {
  auto* job = new QKeychain::WritePasswordJob(kService);
  job->setTextData(key);
  return run<void>(job, id, [](QKeychain::Job*) { return Result<void>(); });
}

Pending<void> KeychainStore::remove(const QString& id) {
  return run<void>(new QKeychain::DeletePasswordJob(kService), id, [](QKeychain::Job*) { return Result<void>(); });
}

}  // namespace terrarium
