// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>

#include "backend/api/pending.h"

namespace terrarium {

/// Keeps the keys of saved connections, each under the connection's identity. May take long: a desktop's keyring asks for its
/// password. Errors are sentences for a person: NotFound when there is no such key, Unavailable when there is nothing to keep it
/// in.
class KeyStore {
 public:
  virtual ~KeyStore() = default;
  virtual Pending<QString> read(const QString& id) = 0;
  virtual Pending<void> write(const QString& id, const QString& key) = 0;
  virtual Pending<void> remove(const QString& id) = 0;
};

}  // namespace terrarium
