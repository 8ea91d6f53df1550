// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/client/websocketframes.h"

#include <QCryptographicHash>
#include <QtEndian>
#include <array>

namespace terrarium {

namespace {
constexpr qsizetype kCompactAbove = 64 * 1024;

bool isControl(WebSocketOpcode opcode) { return static_cast<int>(opcode) >= 8; }

std::optional<WebSocketOpcode> opcodeOf(int bits) {
  for (const auto known : {WebSocketOpcode::Continuation, WebSocketOpcode::Text, WebSocketOpcode::Binary, WebSocketOpcode::Close,
                           WebSocketOpcode::Ping, WebSocketOpcode::Pong}) {
    if (static_cast<int>(known) == bits) return known;
  }
  return std::nullopt;
}
}  // namespace

std::nullopt_t WebSocketFrames::fail(const char* problem) {
  problem_ = problem;
  buffer_.clear();
  position_ = 0;
  return std::nullopt;
}

std::optional<WebSocketFrames::Header> WebSocketFrames::header() {
  const auto available = buffered();
  if (available < 2) return std::nullopt;
  const auto* bytes = reinterpret_cast<const unsigned char*>(buffer_.constData() + position_);
  const auto opcode = opcodeOf(bytes[0] & 0x0F);
  if ((bytes[0] & 0x70) != 0 || !opcode) return fail("the server used an extension that was not agreed on");
  if ((bytes[1] & 0x80) != 0) return fail("the server masked a frame");
  Header found{(bytes[0] & 0x80) != 0, *opcode, 2, bytes[1] & 0x7F};
  if (found.payloadBytes == 126) {
    if (available < 4) return std::nullopt;
    found.headerBytes = 4;
    found.payloadBytes = qFromBigEndian<quint16>(bytes + 2);
  } else if (found.payloadBytes == 127) {
    if (available < 10) return std::nullopt;
    found.headerBytes = 10;
    const auto length = qFromBigEndian<quint64>(bytes + 2);
    if (length > static_cast<quint64>(kMaxMessageBytes)) return fail("the server sent a frame that is too large");
    found.payloadBytes = static_cast<qint64>(length);
  }
  if (isControl(found.opcode) && (!found.final || found.payloadBytes > 125)) return fail("the server sent a wrong control frame");
  return found;
}

std::optional<WebSocketMessage> WebSocketFrames::next() {
  while (*problem_ == '\0') {
    const auto found = header();
    if (!found || buffered() < found->headerBytes + found->payloadBytes) return std::nullopt;
    auto payload = buffer_.mid(position_ + found->headerBytes, found->payloadBytes);
    position_ += found->headerBytes + found->payloadBytes;
    if (position_ == buffer_.size() || position_ > kCompactAbove) {
      buffer_.remove(0, position_);
      position_ = 0;
    }
    if (auto message = join(*found, std::move(payload))) return message;
  }
  return std::nullopt;
}

std::optional<WebSocketMessage> WebSocketFrames::join(const Header& header, QByteArray payload) {
  if (isControl(header.opcode)) return WebSocketMessage{header.opcode, std::move(payload)};
  const bool continues = header.opcode == WebSocketOpcode::Continuation;
  if (continues != fragmented_.has_value()) return fail("the server mixed up the fragments of a message");
  if (header.final && !continues) return WebSocketMessage{header.opcode, std::move(payload)};
  if (!continues) fragmented_ = header.opcode;
  if (fragments_.size() + payload.size() > kMaxMessageBytes) return fail("the server sent a message that is too large");
  fragments_.append(payload);
  if (!header.final) return std::nullopt;
  WebSocketMessage message{*fragmented_, std::move(fragments_)};
  fragments_ = {};
  fragmented_.reset();
  return message;
}

QByteArray clientFrame(WebSocketOpcode opcode, const QByteArray& payload, std::uint32_t mask) {
  QByteArray frame;
  frame.reserve(payload.size() + 14);
  frame.append(static_cast<char>(0x80 | static_cast<int>(opcode)));
  if (payload.size() < 126) {
    frame.append(static_cast<char>(0x80 | payload.size()));
  } else if (payload.size() <= 0xFFFF) {
    frame.append(static_cast<char>(0x80 | 126));
    const auto length = qToBigEndian(static_cast<quint16>(payload.size()));
    frame.append(reinterpret_cast<const char*>(&length), sizeof length);
  } else {
    frame.append(static_cast<char>(0x80 | 127));
    const auto length = qToBigEndian(static_cast<quint64>(payload.size()));
    frame.append(reinterpret_cast<const char*>(&length), sizeof length);
  }
  std::array<char, 4> key{};
  qToBigEndian(mask, key.data());
  frame.append(key.data(), 4);
  const auto start = frame.size();
  frame.append(payload);
  auto* data = frame.data() + start;
  for (qsizetype i = 0; i < payload.size(); ++i) data[i] = static_cast<char>(data[i] ^ key[static_cast<std::size_t>(i & 3)]);
  return frame;
}

QByteArray webSocketAccept(const QByteArray& key) {
  return QCryptographicHash::hash(key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11", QCryptographicHash::Sha1).toBase64();
}

}  // namespace terrarium
