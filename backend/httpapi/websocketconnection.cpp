// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The WebSocket half of Connection.

#include <boost/beast/websocket/rfc6455.hpp>

#include "backend/httpapi/connection.h"

namespace terrarium {

namespace beast = boost::beast;
namespace http = beast::http;

namespace {
constexpr auto kHandshakeLimit = std::chrono::seconds(15);
constexpr int kMostSilentPings = 2;
}  // namespace

void Connection::acceptWebSocket(const QByteArray& subprotocol, qint64 maxMessage) {
  ErrorCode ignored;
  stream_.socket().cancel(ignored);
  stream_.expires_never();
  const http::request<http::empty_body> head(parser_->get().base());
  webSocket_.emplace(std::move(stream_));
  // Beast's own pings would end a peer that is not read from because its command does not take input.
  webSocket_->set_option(beast::websocket::stream_base::timeout{kHandshakeLimit, beast::websocket::stream_base::none(), false});
  webSocket_->control_callback([this](beast::websocket::frame_type, beast::string_view) { silentPings_ = 0; });
  subprotocol_ = subprotocol.toStdString();
  // Beast 1.81 does not destroy what a decorator holds, so it holds a plain pointer.
  webSocket_->set_option(beast::websocket::stream_base::decorator([this](beast::websocket::response_type& response) {
    if (!subprotocol_.empty()) response.set(http::field::sec_websocket_protocol, subprotocol_);
  }));
  webSocket_->read_message_max(static_cast<std::size_t>(maxMessage));
  webSocket_->async_accept(head, [self = shared_from_this()](const ErrorCode& error) { self->webSocketAccepted(error); });
}

void Connection::webSocketAccepted(const ErrorCode& error) {
  if (error) return lose();
  accepted_ = true;
  webSocket_->auto_fragment(false);
  buffer_.clear();
  pingLater();
  if (messagesWanted_ > 0) readMessage();
  if (queue_.empty() && closeAfterWrite_)
    return closeWebSocket(closeAfterWrite_->code, QByteArray(closeAfterWrite_->reason.c_str()));
  if (!writing_) writeNext();
}

void Connection::pingLater() {
  ping_.expires_after(config_.pingInterval);
  ping_.async_wait([watched = weak_from_this()](const ErrorCode& error) {
    const auto self = watched.lock();
    if (!error && self) self->ping();
  });
}

void Connection::ping() {
  if (closing_) return;
  const bool hears = !readingMessage_ || buffer_.size() != std::exchange(bufferedAtPing_, buffer_.size());
  if (hears) silentPings_ = 0;
  if (silentPings_ >= kMostSilentPings) return lose();
  ++silentPings_;
  pingLater();
  if (std::exchange(pinging_, true)) return;
  webSocket_->async_ping({}, [self = shared_from_this()](const ErrorCode&) { self->pinging_ = false; });
}

void Connection::wantMessage() {
  ++messagesWanted_;
  if (accepted_ && !readingMessage_) readMessage();
}

void Connection::readMessage() {
  --messagesWanted_;
  readingMessage_ = true;
  webSocket_->async_read(buffer_, [self = shared_from_this()](const ErrorCode& error, std::size_t) { self->messageRead(error); });
}

void Connection::messageRead(const ErrorCode& error) {
  readingMessage_ = false;
  if (error) return lose();
  silentPings_ = 0;
  const auto data = buffer_.cdata();
  bridge_.messageReceived(exchange_, QByteArray(static_cast<const char*>(data.data()), static_cast<qsizetype>(data.size())),
                          webSocket_->got_text());
  buffer_.consume(buffer_.size());
  if (messagesWanted_ > 0) readMessage();
}

void Connection::sendMessage(const QByteArray& bytes, bool isText) {
  Outgoing item;
  item.bytes = bytes.toStdString();
  item.content = bytes.size();
  item.isText = isText;
  queue_.push_back(std::move(item));
  if (accepted_ && !writing_) writeNext();
}

void Connection::closeWebSocket(int code, const QByteArray& reason) {
  if (!webSocket_ || closing_) return;
  beast::websocket::close_reason why(static_cast<std::uint16_t>(code));
  why.reason.assign(reason.constData(), std::min<std::size_t>(static_cast<std::size_t>(reason.size()), why.reason.max_size()));
  if (!accepted_ || writing_ || !queue_.empty()) {  // what was said before has to arrive
    closeAfterWrite_ = why;
    return;
  }
  closing_ = true;
  webSocket_->async_close(why, [self = shared_from_this()](const ErrorCode&) { self->abort(); });
}

}  // namespace terrarium
