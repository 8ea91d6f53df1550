// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QObject>

#include "backend/api/host.h"
#include "backend/client/httpcalls.h"

namespace terrarium {

/// The engine's machine, from /local/host. Owned by HttpFacade.
class HttpHost : public QObject, public Host {
  Q_OBJECT
 public:
  explicit HttpHost(HttpCalls& calls) : calls_(calls) {}
  Pending<HostInfo> info() override;

 private:
  HttpCalls& calls_;
};

}  // namespace terrarium
