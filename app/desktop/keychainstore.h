// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QObject>

#include "ui/connections/keystore.h"

namespace QKeychain {
class Job;
}

namespace terrarium {

/// Keys in the desktop's keyring. Never in a file of our own: without a keyring every call fails with a sentence that says so.
/// Gives up after a minute, because a keyring may ask its user for a password that nobody types.
class KeychainStore final : public QObject, public KeyStore {
  Q_OBJECT
 public:
  Pending<QString> read(const QString& id) override;
  Pending<void> write(const QString& id, const QString& key) override;
  Pending<void> remove(const QString& id) override;

 private:
  template <class T, class Answer>
  Pending<T> run(QKeychain::Job* job, const QString& id, Answer answer);
};

}  // namespace terrarium
