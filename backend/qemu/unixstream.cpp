// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/qemu/unixstream.h"

#include <QFile>
#include <QPointer>
#include <array>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/socket.h>
#include <sys/un.h>

#include "backend/qemu/systemerror.h"

namespace terrarium {

Result<std::unique_ptr<UnixStream>> UnixStream::connectTo(const QString& path) {
  const QByteArray name = QFile::encodeName(path);
  sockaddr_un address{};
  if (name.size() >= qsizetype(sizeof(address.sun_path))) {
    return failure(ErrorCode::Internal, "The path of a control socket is too long.", name.toStdString());
  }
  address.sun_family = AF_UNIX;
  std::memcpy(address.sun_path, name.constData(), std::size_t(name.size()));
  Descriptor socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  if (!socket.isOpen()) return failure(systemError("No control socket could be made."));
  if (::connect(socket.number(), reinterpret_cast<const sockaddr*>(&address), sizeof(address)) != 0) {
    return failure(systemError("The machine's control socket does not answer."));
  }
  return std::make_unique<UnixStream>(std::move(socket));
}

UnixStream::UnixStream(Descriptor socket) : socket_(std::move(socket)) {
  readable_ = std::make_unique<QSocketNotifier>(socket_.number(), QSocketNotifier::Read);
  writable_ = std::make_unique<QSocketNotifier>(socket_.number(), QSocketNotifier::Write);
  writable_->setEnabled(false);
  connect(readable_.get(), &QSocketNotifier::activated, this, [this] { readSome(); });
  connect(writable_.get(), &QSocketNotifier::activated, this, [this] { onWritable(); });
}

void UnixStream::send(const QByteArray& bytes, int descriptor) {
  if (!isOpen() || bytes.isEmpty()) return;
  Descriptor copy(descriptor < 0 ? -1 : ::fcntl(descriptor, F_DUPFD_CLOEXEC, 0));
  outgoing_.push_back({bytes, std::move(copy)});
  onWritable();
}

void UnixStream::onWritable() {
  while (!outgoing_.empty()) {
    const auto progress = sendFirst();
    if (progress == Progress::More) continue;
    // A broken connection is noticed by the reading side, which still wants to see what came before the end.
    if (progress == Progress::Broken) outgoing_.clear();
    break;
  }
  if (writable_) writable_->setEnabled(!outgoing_.empty());
}

UnixStream::Progress UnixStream::sendFirst() {
  auto& first = outgoing_.front();
  iovec part{first.bytes.data(), std::size_t(first.bytes.size())};
  msghdr message{};
  message.msg_iov = &part;
  message.msg_iovlen = 1;
  alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof(int))> control{};
  if (first.descriptor.isOpen()) {
    message.msg_control = control.data();
    message.msg_controllen = control.size();
    auto* header = CMSG_FIRSTHDR(&message);
    header->cmsg_level = SOL_SOCKET;
    header->cmsg_type = SCM_RIGHTS;
    header->cmsg_len = CMSG_LEN(sizeof(int));
    const int number = first.descriptor.number();
    std::memcpy(CMSG_DATA(header), &number, sizeof(number));
  }
  const auto sent = ::sendmsg(socket_.number(), &message, MSG_NOSIGNAL | MSG_DONTWAIT);
  if (sent < 0) return errno == EAGAIN || errno == EINTR ? Progress::Later : Progress::Broken;
  first.descriptor.reset();
  first.bytes.remove(0, sent);
  if (first.bytes.isEmpty()) outgoing_.pop_front();
  return Progress::More;
}

UnixStream::Progress UnixStream::readSome() {
  QByteArray bytes(64 * 1024, Qt::Uninitialized);
  const auto count = ::recv(socket_.number(), bytes.data(), std::size_t(bytes.size()), MSG_DONTWAIT);
  if (count < 0 && (errno == EAGAIN || errno == EINTR)) return Progress::Later;
  if (count <= 0) {
    close();
    emit closed();
    return Progress::Broken;
  }
  bytes.truncate(count);
  emit received(bytes);
  return Progress::More;
}

void UnixStream::drain() {
  const QPointer<UnixStream> self(this);
  while (self && isOpen() && readSome() == Progress::More) {
  }
}

void UnixStream::close() {
  if (readable_) readable_->setEnabled(false);
  if (writable_) writable_->setEnabled(false);
  // close() may run inside a notifier's own signal.
  if (readable_) readable_.release()->deleteLater();
  if (writable_) writable_.release()->deleteLater();
  outgoing_.clear();
  socket_.reset();
}

}  // namespace terrarium
