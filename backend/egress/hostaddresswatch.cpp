// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/egress/hostaddresswatch.h"

#include <QNetworkInterface>
#include <algorithm>
#include <array>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <sys/socket.h>
#include <utility>

namespace terrarium {

namespace {

Descriptor addressNews() {
  Descriptor socket(::socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK, NETLINK_ROUTE));
  sockaddr_nl address{};
  address.nl_family = AF_NETLINK;
  address.nl_groups = RTMGRP_IPV4_IFADDR | RTMGRP_IPV6_IFADDR;
  const bool bound = socket.isOpen() && ::bind(socket.number(), reinterpret_cast<const sockaddr*>(&address), sizeof(address)) == 0;
  return bound ? std::move(socket) : Descriptor();
}

}  // namespace

HostAddressWatch::HostAddressWatch() : news_(addressNews()) {
  if (news_.isOpen()) {
    notifier_ = std::make_unique<QSocketNotifier>(news_.number(), QSocketNotifier::Read);
    connect(notifier_.get(), &QSocketNotifier::activated, this, &HostAddressWatch::onNews);
  }
  look();
}

void HostAddressWatch::onNews() {
  // What changed is not read from the news: a lost message would leave an address open.
  std::array<char, 16384> bytes;
  while (::recv(news_.number(), bytes.data(), bytes.size(), MSG_DONTWAIT) > 0) {
  }
  look();
}

void HostAddressWatch::look() {
  std::vector<egress::IpAddress> found;
  const auto all = QNetworkInterface::allAddresses();
  for (auto address : all) {
    address.setScopeId({});
    if (const auto parsed = egress::IpAddress::parse(address.toString().toStdString())) found.push_back(*parsed);
  }
  std::sort(found.begin(), found.end());
  if (found == addresses_) return;
  addresses_ = std::move(found);
  emit changed();
}

}  // namespace terrarium
