// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/egress/channel/flowsocket.h"

#include <array>
#include <cerrno>
#include <cstring>
#include <sys/socket.h>

namespace terrarium::egress {

namespace {

/// More than one is never sent by us, but what came has to be closed.
constexpr std::size_t kMaxDescriptors = 16;

Descriptor takeFirst(const msghdr& header) {
  Descriptor first;
  for (auto* part = CMSG_FIRSTHDR(&header); part != nullptr; part = CMSG_NXTHDR(const_cast<msghdr*>(&header), part)) {
    if (part->cmsg_level != SOL_SOCKET || part->cmsg_type != SCM_RIGHTS) continue;
    const auto count = (part->cmsg_len - CMSG_LEN(0)) / sizeof(int);
    for (std::size_t i = 0; i < count; ++i) {
      int number = -1;
      std::memcpy(&number, CMSG_DATA(part) + i * sizeof(int), sizeof(int));
      Descriptor each(number);
      if (!first.isOpen()) first = std::move(each);
    }
  }
  return first;
}

}  // namespace

FlowSocket::FlowSocket(Descriptor socket, std::size_t longest)
    : socket_(std::move(socket)), longest_(longest), buffer_(std::make_unique_for_overwrite<char[]>(longest)) {}

FlowSocket::Sent FlowSocket::send(std::string_view message, int descriptor) {
  iovec content{const_cast<char*>(message.data()), message.size()};
  msghdr header{};
  header.msg_iov = &content;
  header.msg_iovlen = 1;
  alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof(int))> control{};
  if (descriptor >= 0) {
    header.msg_control = control.data();
    header.msg_controllen = control.size();
    auto* part = CMSG_FIRSTHDR(&header);
    part->cmsg_level = SOL_SOCKET;
    part->cmsg_type = SCM_RIGHTS;
    part->cmsg_len = CMSG_LEN(sizeof(int));
    std::memcpy(CMSG_DATA(part), &descriptor, sizeof(int));
  }
  for (;;) {
    if (::sendmsg(socket_.number(), &header, MSG_DONTWAIT | MSG_NOSIGNAL) >= 0) return Sent::Yes;
    if (errno == EINTR) continue;
    // Too many descriptors under way is a matter of time, too.
    return errno == EAGAIN || errno == ENOBUFS || errno == ENOMEM || errno == ETOOMANYREFS ? Sent::Full : Sent::Gone;
  }
}

FlowSocket::Received FlowSocket::receive() {
  iovec content{buffer_.get(), longest_};
  alignas(cmsghdr) std::array<char, CMSG_SPACE(kMaxDescriptors * sizeof(int))> control{};
  msghdr header{};
  header.msg_iov = &content;
  header.msg_iovlen = 1;
  header.msg_control = control.data();
  header.msg_controllen = control.size();
  for (;;) {
    const auto size = ::recvmsg(socket_.number(), &header, MSG_DONTWAIT | MSG_CMSG_CLOEXEC);
    if (size < 0 && errno == EINTR) continue;
    if (size < 0) return {errno == EAGAIN ? Step::Empty : Step::Gone};
    auto descriptor = takeFirst(header);
    // An empty message and the end of the channel look alike, and nobody sends empty ones.
    if (size == 0) return {Step::Gone};
    if ((header.msg_flags & MSG_TRUNC) != 0) return {Step::Bad};
    return {Step::Message, std::string_view(buffer_.get(), static_cast<std::size_t>(size)), std::move(descriptor)};
  }
}

}  // namespace terrarium::egress
