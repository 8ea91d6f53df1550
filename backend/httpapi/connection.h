// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <array>
#include <atomic>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/buffer_body.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/websocket/stream.hpp>
#include <deque>
#include <memory>
#include <optional>
#include <string>

#include "backend/httpapi/bridge.h"
#include "backend/httpapi/httpconfig.h"

namespace terrarium {

/// One TCP connection: reads requests one after the other, hands each to the bridge and writes what comes back; becomes a WebSocket
/// when told to. Lives on the server's thread only. Bounded in both directions: body and messages are read when they are asked for.
class Connection : public std::enable_shared_from_this<Connection> {
 public:
  Connection(boost::asio::ip::tcp::socket socket, boost::asio::io_context& context, Bridge& bridge, std::atomic<int>& open,
             const HttpConfig& config);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  void start() { awaitHead(config_.headLimit); }
  [[nodiscard]] quint64 currentExchange() const { return exchange_; }

  void wantBody();
  void sendHead(int status, const HttpHeaders& headers, BodyFraming framing);
  void sendBody(const QByteArray& bytes);
  void finish();
  void openTunnel(const HttpHeaders& headers);
  void acceptWebSocket(const QByteArray& subprotocol, qint64 maxMessage);
  void wantMessage();
  void sendMessage(const QByteArray& bytes, bool isText);
  void closeWebSocket(int code, const QByteArray& reason);
  void abort();

 private:
  using ErrorCode = boost::beast::error_code;
  using Parser = boost::beast::http::request_parser<boost::beast::http::buffer_body>;
  using WebSocket = boost::beast::websocket::stream<boost::beast::tcp_stream>;
  struct Outgoing {
    std::string bytes;
    qint64 content = 0;  ///< bytes of body or message in it
    bool isText = false;
    bool isBody = false;
  };

  void awaitHead(std::chrono::milliseconds limit);
  void readHead();
  void headRead(const ErrorCode& error);
  [[nodiscard]] const char* headProblem() const;
  [[nodiscard]] HttpRequest takenHead() const;
  void refuse(int status, const char* code, const char* message);
  void readBody();
  void bodyRead(const ErrorCode& error, std::size_t room);
  void refuseBody(const ErrorCode& error);
  void readTunnel();
  void tunnelRead(const ErrorCode& error, std::size_t count);
  void watchPeer();
  void peerReadable(const ErrorCode& error, quint64 exchange);
  void enqueue(Outgoing item);
  void writeNext();
  void written(const ErrorCode& error);
  void allWritten();
  void linger();
  void drain();
  void webSocketAccepted(const ErrorCode& error);
  void pingLater();
  void ping();
  void readMessage();
  void messageRead(const ErrorCode& error);
  void lose();

  boost::beast::tcp_stream stream_;
  std::optional<WebSocket> webSocket_;
  boost::asio::io_context& context_;
  Bridge& bridge_;
  std::atomic<int>& open_;
  const HttpConfig& config_;
  boost::beast::flat_buffer buffer_;
  std::optional<Parser> parser_;
  std::array<char, 65536> chunk_{};
  std::deque<Outgoing> queue_;
  std::shared_ptr<Connection> self_;  ///< while an exchange is under way nothing else may hold this
  quint64 exchange_ = 0;
  BodyFraming framing_ = BodyFraming::None;
  bool tunnel_ = false;  ///< after the head the bytes are no longer HTTP
  bool writing_ = false;
  bool finished_ = false;
  bool keepAlive_ = false;
  bool bodyDone_ = false;
  bool readingBody_ = false;
  bool continueDue_ = false;
  bool headSent_ = false;
  bool headOnly_ = false;   ///< of a HEAD request: the response has no body
  bool lingering_ = false;  ///< the response is out; what still comes is thrown away
  std::size_t drained_ = 0;
  std::chrono::steady_clock::time_point lingersUntil_;
  std::optional<boost::beast::websocket::close_reason> closeAfterWrite_;
  std::string subprotocol_;
  bool closing_ = false;
  bool readingMessage_ = false;
  int messagesWanted_ = 0;
  bool accepted_ = false;
  boost::asio::steady_timer ping_;
  std::size_t bufferedAtPing_ = 0;
  int silentPings_ = 0;  ///< since the peer was heard
  bool pinging_ = false;
};

}  // namespace terrarium
