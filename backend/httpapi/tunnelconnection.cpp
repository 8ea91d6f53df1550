// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The part of Connection that carries bytes after an upgrade to somebody else's protocol.

#include <boost/asio/buffer.hpp>

#include "backend/httpapi/connection.h"

namespace terrarium {

namespace asio = boost::asio;

void Connection::openTunnel(const HttpHeaders& headers) {
  tunnel_ = true;
  sendHead(101, headers, BodyFraming::None);
}

void Connection::readTunnel() {
  readingBody_ = true;
  if (buffer_.size() > 0) {  // came together with the request
    const auto count = asio::buffer_copy(asio::buffer(chunk_), buffer_.data());
    buffer_.consume(count);
    readingBody_ = false;
    return bridge_.bodyReceived(exchange_, QByteArray(chunk_.data(), static_cast<qsizetype>(count)), false);
  }
  stream_.expires_never();
  stream_.async_read_some(asio::buffer(chunk_), [self = shared_from_this()](const ErrorCode& error, std::size_t count) {
    self->tunnelRead(error, count);
  });
}

void Connection::tunnelRead(const ErrorCode& error, std::size_t count) {
  readingBody_ = false;
  if (lingering_) return error && error != asio::error::operation_aborted ? lose() : drain();
  if (exchange_ == 0) return;
  if (error && error != asio::error::eof) return lose();
  bodyDone_ = error == asio::error::eof;
  bridge_.bodyReceived(exchange_, QByteArray(chunk_.data(), static_cast<qsizetype>(count)), bodyDone_);
}

}  // namespace terrarium
