// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QNetworkRequest>
#include <memory>
#include <vector>

namespace terrarium {

/// Sends requests through as many network managers as are needed, because one of them opens at most six connections to a host and
/// lets everything else wait: a few running commands would then stop the window. The first manager is preferred, so its warm
/// connections are used again. Owned by HttpFacade.
class ManagerPool {
 public:
  ManagerPool();
  [[nodiscard]] QNetworkReply* send(const QNetworkRequest& request, const QByteArray& verb, const QByteArray& body = {});
  /// Drops idle connections, for another address.
  void reset();

 private:
  struct Member {
    std::unique_ptr<QNetworkAccessManager> manager;
    int running = 0;
  };
  Member& leastBusy();
  std::vector<std::unique_ptr<Member>> members_;
};

}  // namespace terrarium
