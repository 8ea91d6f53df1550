// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/client/managerpool.h"

#include <QNetworkProxy>

namespace terrarium {

namespace {
// Below Qt's limit of six, so that a request never waits for a connection.
constexpr int kPerManager = 5;
}  // namespace

ManagerPool::ManagerPool() = default;

ManagerPool::Member& ManagerPool::leastBusy() {
  for (auto& member : members_) {
    if (member->running < kPerManager) return *member;
  }
  auto member = std::make_unique<Member>();
  member->manager = std::make_unique<QNetworkAccessManager>();
  // An engine on loopback must never be asked for through a proxy.
  member->manager->setProxy(QNetworkProxy::NoProxy);
  member->manager->setRedirectPolicy(QNetworkRequest::ManualRedirectPolicy);
  members_.push_back(std::move(member));
  return *members_.back();
}

QNetworkReply* ManagerPool::send(const QNetworkRequest& request, const QByteArray& verb, const QByteArray& body) {
  auto& member = leastBusy();
  auto* reply = member.manager->sendCustomRequest(request, verb, body);
  ++member.running;
  auto* counter = &member;
  QObject::connect(reply, &QObject::destroyed, member.manager.get(), [counter] { --counter->running; });
  return reply;
}

void ManagerPool::reset() {
  for (auto& member : members_) member->manager->clearConnectionCache();
}

}  // namespace terrarium
