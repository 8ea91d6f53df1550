// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/egress/proxy/dnsstream.h"

#include <array>
#include <cerrno>
#include <sys/epoll.h>
#include <sys/socket.h>

namespace terrarium::egress {

DnsStream::DnsStream(EventLoop& loop, DnsFront& dns, Descriptor guest, std::function<void()> done)
    : loop_(loop),
      dns_(dns),
      guest_(std::move(guest)),
      done_(std::move(done)),
      self_(std::make_shared<DnsStream*>(this)),
      lastUse_(loop.now()) {
  loop_.watch(guest_.number(), [this](std::uint32_t) {
    write();
    read();
  });
}

void DnsStream::read() {
  std::array<char, 4096> portion{};
  while (!isDone_ && !hasEnded_ && outstanding_ < kMaxOutstanding && unsent_.size() < kMaxUnsent) {
    const auto count = ::recv(guest_.number(), portion.data(), portion.size(), MSG_DONTWAIT);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0 && errno == EAGAIN) break;
    hasEnded_ = count <= 0;
    if (count > 0) unread_.append(portion.data(), static_cast<std::size_t>(count));
    lastUse_ = loop_.now();
    takeMessages();
  }
  endIfDone();
}

void DnsStream::takeMessages() {
  const auto byteAt = [this](std::size_t at) { return std::size_t{static_cast<unsigned char>(unread_[at])}; };
  while (unread_.size() >= 2 && outstanding_ < kMaxOutstanding) {
    const auto length = byteAt(0) << 8 | byteAt(1);
    if (length > DnsQuestion::kMaxBytes) {
      hasEnded_ = true;
      unread_.clear();
      return;
    }
    if (unread_.size() < 2 + length) return;
    const auto message = unread_.substr(2, length);
    unread_.erase(0, 2 + length);
    // What deserves no answer keeps its place, so that such messages are bounded, too.
    ++outstanding_;
    dns_.ask(message, true, loop_.now(), [self = std::weak_ptr(self_)](const std::string& text) {
      if (const auto stream = self.lock()) (*stream)->answer(text);
    });
  }
}

void DnsStream::answer(const std::string& message) {
  if (outstanding_ > 0) --outstanding_;
  unsent_ += static_cast<char>(message.size() >> 8 & 0xff);
  unsent_ += static_cast<char>(message.size() & 0xff);
  unsent_ += message;
  write();
  takeMessages();
  loop_.again(guest_.number());
}

void DnsStream::write() {
  while (!unsent_.empty()) {
    const auto count = ::send(guest_.number(), unsent_.data(), unsent_.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0 && errno == EAGAIN) return;
    if (count < 0) {
      hasEnded_ = true;
      outstanding_ = 0;
      return unsent_.clear();
    }
    unsent_.erase(0, static_cast<std::size_t>(count));
  }
}

void DnsStream::endIfDone() {
  if (isDone_ || !hasEnded_ || outstanding_ > 0 || !unsent_.empty()) return;
  isDone_ = true;
  done_();
}

}  // namespace terrarium::egress
