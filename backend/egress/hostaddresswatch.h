// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QObject>
#include <QSocketNotifier>
#include <memory>
#include <vector>

#include "backend/egress/policy/ipaddress.h"
#include "backend/support/descriptor.h"

namespace terrarium {

/// The addresses of this computer, kept current: a service that listens on all of them must not be reached by any. Engine thread.
class HostAddressWatch : public QObject {
  Q_OBJECT
 public:
  HostAddressWatch();

  [[nodiscard]] const std::vector<egress::IpAddress>& addresses() const { return addresses_; }

 signals:
  void changed();

 private:
  void look();
  void onNews();

  std::vector<egress::IpAddress> addresses_;
  Descriptor news_;
  std::unique_ptr<QSocketNotifier> notifier_;
};

}  // namespace terrarium
