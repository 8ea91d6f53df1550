// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/httpapi/connection.h"

#include <algorithm>
#include <boost/asio/write.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/websocket/rfc6455.hpp>
#include <cstdio>
#include <sys/socket.h>

namespace terrarium {

namespace beast = boost::beast;
namespace http = beast::http;
namespace asio = boost::asio;

namespace {
constexpr std::uint32_t kMaxHeadBytes = 16 * 1024;
constexpr auto kIdleLimit = std::chrono::seconds(120);
constexpr auto kTransferLimit = std::chrono::seconds(60);
// A client that sends its whole body before it reads has to get there to see the refusal.
constexpr auto kLingerLimit = std::chrono::seconds(30);
constexpr auto kLingerSilence = std::chrono::seconds(2);
constexpr std::size_t kMostDrained = std::size_t{1} << 30;
constexpr std::size_t kFirstRead = 4096;
// Room for a piece of a body; what does not fit, an endless chunk extension for example, ends the request.
constexpr std::size_t kMostBuffered = 128 * 1024;

std::atomic<quint64> lastExchange{0};

QByteArray toBytes(boost::string_view text) { return QByteArray(text.data(), static_cast<qsizetype>(text.size())); }

/// Header values of ours never hold these; a value that came from elsewhere must not end the line.
std::string headerLine(const QByteArray& name, const QByteArray& value) {
  auto line = name.toStdString() + ": ";
  for (const char character : value) {
    if (character != '\r' && character != '\n' && character != '\0') line += character;
  }
  return line + "\r\n";
}
}  // namespace

Connection::Connection(asio::ip::tcp::socket socket, asio::io_context& context, Bridge& bridge, std::atomic<int>& open,
                       const HttpConfig& config)
    : stream_(std::move(socket)),
      context_(context),
      bridge_(bridge),
      open_(open),
      config_(config),
      buffer_(kMostBuffered),
      ping_(context) {
  ++open_;
}

Connection::~Connection() { --open_; }

void Connection::awaitHead(std::chrono::milliseconds limit) {
  if (buffer_.size() > 0) return readHead();  // pipelined
  stream_.expires_after(limit);
  stream_.async_read_some(buffer_.prepare(kFirstRead), [self = shared_from_this()](const ErrorCode& error, std::size_t count) {
    if (error) return self->lose();
    self->buffer_.commit(count);
    self->readHead();
  });
}

void Connection::readHead() {
  parser_.emplace();
  parser_->header_limit(kMaxHeadBytes);
  parser_->body_limit(boost::none);
  finished_ = bodyDone_ = continueDue_ = headOnly_ = headSent_ = false;
  stream_.expires_after(config_.headLimit);
  http::async_read_header(stream_, buffer_, *parser_,
                          [self = shared_from_this()](const ErrorCode& error, std::size_t) { self->headRead(error); });
}

void Connection::headRead(const ErrorCode& error) {
  if (error == http::error::header_limit) {
    return refuse(431, "bad_request", "The request head is too large: at most 16384 bytes are accepted.");
  }
  if (error.category() == http::make_error_code(http::error::bad_method).category() && error != http::error::end_of_stream &&
      error != http::error::partial_message) {
    return refuse(400, "bad_request", "The request is not well-formed HTTP/1.1.");
  }
  if (error) return lose();
  stream_.expires_never();
  if (const auto* problem = headProblem()) return refuse(400, "bad_request", problem);
  exchange_ = ++lastExchange;
  headOnly_ = parser_->get().method() == http::verb::head;
  keepAlive_ = parser_->keep_alive();
  bodyDone_ = parser_->is_done();
  continueDue_ = parser_->get().version() >= 11 && parser_->get().count(http::field::expect) > 0 && !bodyDone_;
  auto request = takenHead();
  if (!parseTarget(request.target, request)) {
    return refuse(400, "bad_request", "The request target is not well-formed: it has to be a path with valid percent escapes.");
  }
  self_ = shared_from_this();
  bridge_.begin(exchange_, std::move(request), context_, weak_from_this());
  if (bodyDone_) watchPeer();
}

const char* Connection::headProblem() const {
  const auto& head = parser_->get();
  // Two readings of one head are how requests are smuggled, so what can be read in two ways is refused.
  if (head.count(http::field::host) > 1 || (head.version() >= 11 && head.count(http::field::host) == 0)) {
    return "The request has to have exactly one Host header.";
  }
  const auto codings = head.count(http::field::transfer_encoding);
  if (codings > 1 || (codings == 1 && !beast::iequals(head[http::field::transfer_encoding], "chunked"))) {
    return "The only Transfer-Encoding that is accepted is chunked.";
  }
  if (head.count(http::field::expect) > 0 && !beast::iequals(head[http::field::expect], "100-continue")) {
    return "The only expectation that is met is 100-continue.";
  }
  if (beast::websocket::is_upgrade(head) && buffer_.size() > 0) return "WebSocket frames may follow only after the handshake.";
  return nullptr;
}

HttpRequest Connection::takenHead() const {
  const auto& head = parser_->get();
  HttpRequest request;
  request.method = toBytes(head.method_string());
  request.target = toBytes(head.target());
  for (const auto& field : head) request.headers.append({toBytes(field.name_string()).toLower(), toBytes(field.value())});
  request.isWebSocket = beast::websocket::is_upgrade(head);
  const auto length = parser_->content_length();
  if (length) request.contentLength = static_cast<qint64>(*length);
  ErrorCode ignored;
  request.peer = QByteArray::fromStdString(stream_.socket().remote_endpoint(ignored).address().to_string());
  return request;
}

void Connection::refuse(int status, const char* code, const char* message) {
  const std::string body = std::string(R"({"error":{"code":")") + code + R"(","message":")" + message + R"("}})";
  keepAlive_ = false;
  sendHead(status, {{"Content-Type", "application/json"}, {"Content-Length", QByteArray::number(qsizetype(body.size()))}},
           BodyFraming::ContentLength);
  sendBody(QByteArray::fromStdString(body));
  finish();
}

void Connection::wantBody() {
  if (tunnel_ && !readingBody_) return readTunnel();
  if (bodyDone_) return bridge_.bodyReceived(exchange_, {}, true);
  if (readingBody_) return;
  readingBody_ = true;
  if (std::exchange(continueDue_, false)) enqueue({"HTTP/1.1 100 Continue\r\n\r\n"});
  readBody();
}

void Connection::readBody() {
  // Beast reads no more at once than the buffer has room for, and at least 512 bytes.
  buffer_.reserve(chunk_.size());
  auto& body = parser_->get().body();
  body.data = chunk_.data();
  body.size = chunk_.size();
  stream_.expires_after(kTransferLimit);
  http::async_read_some(
      stream_, buffer_, *parser_,
      [self = shared_from_this(), room = chunk_.size()](const ErrorCode& error, std::size_t) { self->bodyRead(error, room); });
}

void Connection::bodyRead(const ErrorCode& error, std::size_t room) {
  if (lingering_) return error && error != asio::error::operation_aborted ? lose() : drain();
  if (error && error != http::error::need_buffer) return refuseBody(error);
  if (!writing_) stream_.expires_never();
  const auto received = room - parser_->get().body().size;
  bodyDone_ = parser_->is_done();
  if (received == 0 && !bodyDone_) return readBody();
  readingBody_ = false;
  bridge_.bodyReceived(exchange_, QByteArray(chunk_.data(), static_cast<qsizetype>(received)), bodyDone_);
  if (bodyDone_) watchPeer();
}

void Connection::refuseBody(const ErrorCode& error) {
  const bool isMalformed = error.category() == http::make_error_code(http::error::bad_chunk).category() &&
                           error != http::error::partial_message && error != http::error::end_of_stream;
  if (!isMalformed || headSent_) return lose();
  readingBody_ = false;
  bridge_.gone(std::exchange(exchange_, 0));
  refuse(400, "bad_request", "The chunks of the request body are not well-formed.");
}

void Connection::watchPeer() {
  stream_.socket().async_wait(
      asio::ip::tcp::socket::wait_read,
      [self = shared_from_this(), exchange = exchange_](const ErrorCode& error) { self->peerReadable(error, exchange); });
}

void Connection::peerReadable(const ErrorCode& error, quint64 exchange) {
  if (error || webSocket_ || tunnel_ || exchange != exchange_ || finished_) return;
  char byte = 0;
  // A pipelined request may wait there; only the end of the stream, or an error, says that nobody waits for the response.
  const auto peeked = ::recv(stream_.socket().native_handle(), &byte, 1, MSG_PEEK | MSG_DONTWAIT);
  if (peeked == 0 || (peeked < 0 && errno != EAGAIN && errno != EWOULDBLOCK)) lose();
}

void Connection::sendHead(int status, const HttpHeaders& headers, BodyFraming framing) {
  framing_ = framing;
  headSent_ = true;
  if (!bodyDone_) keepAlive_ = false;
  const bool old = parser_ && parser_->is_header_done() && parser_->get().version() < 11;
  if (framing == BodyFraming::Chunked && old) {
    framing_ = BodyFraming::ContentLength;  // HTTP/1.0: the end of the connection ends the body
    keepAlive_ = false;
  }
  std::string head = "HTTP/1.1 " + std::to_string(status) + ' ' + reasonPhrase(status).toStdString() + "\r\n";
  for (const auto& [name, value] : headers) head += headerLine(name, value);
  if (framing_ == BodyFraming::Chunked) head += "Transfer-Encoding: chunked\r\n";
  if (tunnel_)
    head += "Connection: Upgrade\r\nUpgrade: websocket\r\n\r\n";
  else
    head += keepAlive_ ? "Connection: keep-alive\r\n\r\n" : "Connection: close\r\n\r\n";
  enqueue({std::move(head)});
}

void Connection::sendBody(const QByteArray& bytes) {
  if (bytes.isEmpty() || headOnly_) return;
  Outgoing item;
  item.content = bytes.size();
  item.isBody = true;
  if (framing_ == BodyFraming::Chunked) {
    char size[24];
    std::snprintf(size, sizeof size, "%llx\r\n", static_cast<unsigned long long>(bytes.size()));
    item.bytes.reserve(static_cast<std::size_t>(bytes.size()) + 32);
    item.bytes = size;
    item.bytes.append(bytes.constData(), static_cast<std::size_t>(bytes.size()));
    item.bytes += "\r\n";
  } else {
    item.bytes.assign(bytes.constData(), static_cast<std::size_t>(bytes.size()));
  }
  enqueue(std::move(item));
}

void Connection::finish() {
  if (finished_) return;
  finished_ = true;
  if (framing_ == BodyFraming::Chunked && !headOnly_) enqueue({"0\r\n\r\n"});
  if (!writing_ && queue_.empty()) allWritten();
}

void Connection::enqueue(Outgoing item) {
  queue_.push_back(std::move(item));
  if (!writing_) writeNext();
}

void Connection::writeNext() {
  if (queue_.empty() || closing_) return;
  writing_ = true;
  const auto done = [self = shared_from_this()](const ErrorCode& error, std::size_t) { self->written(error); };
  if (webSocket_) {
    webSocket_->text(queue_.front().isText);
    webSocket_->async_write(asio::buffer(queue_.front().bytes), done);
    return;
  }
  if (!readingBody_) stream_.expires_after(kTransferLimit);
  asio::async_write(stream_, asio::buffer(queue_.front().bytes), done);
}

void Connection::written(const ErrorCode& error) {
  writing_ = false;
  if (error) return lose();
  if (!webSocket_ && !readingBody_) stream_.expires_never();
  const auto content = queue_.front().content;
  queue_.pop_front();
  if (content > 0) bridge_.sent(exchange_, content);
  if (!queue_.empty()) return writeNext();
  if (closeAfterWrite_) return closeWebSocket(closeAfterWrite_->code, QByteArray(closeAfterWrite_->reason.c_str()));
  if (finished_) allWritten();
}

void Connection::allWritten() {
  if (webSocket_) return;
  ErrorCode ignored;
  stream_.socket().cancel(ignored);  // ends watchPeer()
  exchange_ = 0;
  if (keepAlive_ && bodyDone_ && !tunnel_)
    awaitHead(kIdleLimit);
  else
    linger();
  self_.reset();
}

// Closing while bytes of the peer are unread would reset the connection, and with it the response on its way.
void Connection::linger() {
  ErrorCode ignored;
  stream_.socket().shutdown(asio::ip::tcp::socket::shutdown_send, ignored);
  lingering_ = true;
  lingersUntil_ = std::chrono::steady_clock::now() + kLingerLimit;
  if (!readingBody_) drain();  // else when that read has been cancelled
}

void Connection::drain() {
  stream_.expires_at(std::min(lingersUntil_, std::chrono::steady_clock::now() + kLingerSilence));
  stream_.async_read_some(asio::buffer(chunk_), [self = shared_from_this()](const ErrorCode& error, std::size_t count) {
    self->drained_ += count;
    if (!error && self->drained_ < kMostDrained) self->drain();
  });
}

void Connection::abort() {
  const auto last = std::move(self_);  // may be the last one that holds this
  exchange_ = 0;
  closing_ = true;
  beast::get_lowest_layer(stream_).close();
  if (webSocket_) beast::get_lowest_layer(*webSocket_).close();
}

void Connection::lose() {
  const auto lost = exchange_;
  abort();
  if (lost != 0) bridge_.gone(lost);
}

}  // namespace terrarium
