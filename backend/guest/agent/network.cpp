// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/guest/agent/network.h"

#include <arpa/inet.h>
#include <cstring>
#include <net/if.h>
#include <net/route.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "backend/guest/agent/smallfile.h"

namespace terrarium::agent {

namespace {

constexpr const char* kCard = "eth0";
constexpr const char* kAddress = "10.0.2.15";
constexpr const char* kMask = "255.255.255.0";
constexpr const char* kGateway = "10.0.2.2";
constexpr int kMtu = 9000;

ifreq requestFor(const char* card) {
  ifreq request{};
  std::strncpy(request.ifr_name, card, IFNAMSIZ - 1);
  return request;
}

sockaddr addressOf(const char* text) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  inet_pton(AF_INET, text, &address.sin_addr);
  sockaddr result{};
  std::memcpy(&result, &address, sizeof(address));
  return result;
}

void setAddress(int fd, unsigned long what, const char* address) {
  auto request = requestFor(kCard);
  request.ifr_addr = addressOf(address);
  ioctl(fd, what, &request);
}

bool bringUp(int fd, const char* card) {
  auto request = requestFor(card);
  if (ioctl(fd, SIOCGIFFLAGS, &request) != 0) return false;
  request.ifr_flags = static_cast<short>(request.ifr_flags | IFF_UP | IFF_RUNNING);
  return ioctl(fd, SIOCSIFFLAGS, &request) == 0;
}

}  // namespace

void setUpNetwork() {
  const int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  if (fd < 0) return;
  bringUp(fd, "lo");
  auto mtu = requestFor(kCard);
  mtu.ifr_mtu = kMtu;
  ioctl(fd, SIOCSIFMTU, &mtu);
  setAddress(fd, SIOCSIFADDR, kAddress);
  setAddress(fd, SIOCSIFNETMASK, kMask);
  if (bringUp(fd, kCard)) {
    rtentry route{};
    route.rt_dst = addressOf("0.0.0.0");
    route.rt_genmask = addressOf("0.0.0.0");
    route.rt_gateway = addressOf(kGateway);
    route.rt_flags = RTF_UP | RTF_GATEWAY;
    ioctl(fd, SIOCADDRT, &route);
  }
  close(fd);
  writeSmallFile("/etc/resolv.conf", std::string("nameserver ") + kGateway + "\n");
}

}  // namespace terrarium::agent
