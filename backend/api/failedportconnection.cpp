// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/api/failedportconnection.h"

namespace terrarium {

FailedPortConnection::FailedPortConnection(const Error& error) {
  QMetaObject::invokeMethod(
      this, [this, error] { emit failed(error); }, Qt::QueuedConnection);
}

}  // namespace terrarium
