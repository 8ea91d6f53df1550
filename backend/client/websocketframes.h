// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <cstdint>
#include <optional>

namespace terrarium {

enum class WebSocketOpcode : std::uint8_t { Continuation = 0, Text = 1, Binary = 2, Close = 8, Ping = 9, Pong = 10 };

/// A whole message (fragments joined) or a control frame.
struct WebSocketMessage {
  WebSocketOpcode opcode = WebSocketOpcode::Binary;
  QByteArray payload;
};

/// Cuts the bytes that a server sends after its 101 into messages (RFC 6455), however they are split. Pure.
class WebSocketFrames {
 public:
  static constexpr qint64 kMaxMessageBytes = 8 * 1024 * 1024;

  void feed(const QByteArray& bytes) { buffer_.append(bytes); }
  [[nodiscard]] std::optional<WebSocketMessage> next();
  /// Why nothing more will come, empty while all is well.
  [[nodiscard]] const char* problem() const { return problem_; }
  [[nodiscard]] qsizetype buffered() const { return buffer_.size() - position_; }

 private:
  struct Header {
    bool final = false;
    WebSocketOpcode opcode = WebSocketOpcode::Binary;
    qint64 headerBytes = 0;
    qint64 payloadBytes = 0;
  };
  [[nodiscard]] std::optional<Header> header();
  [[nodiscard]] std::optional<WebSocketMessage> join(const Header& header, QByteArray payload);
  std::nullopt_t fail(const char* problem);

  QByteArray buffer_;
  qsizetype position_ = 0;
  QByteArray fragments_;
  std::optional<WebSocketOpcode> fragmented_;
  const char* problem_ = "";
};

/// A frame as a client has to send it: final and masked.
[[nodiscard]] QByteArray clientFrame(WebSocketOpcode opcode, const QByteArray& payload, std::uint32_t mask);

/// What the server has to answer in Sec-WebSocket-Accept to that key.
[[nodiscard]] QByteArray webSocketAccept(const QByteArray& key);

}  // namespace terrarium
