// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QtEndian>

#include "tests/unit/httpapi/testserver.h"

namespace terrarium {

/// A WebSocket client that writes frames of a test's making.
class RawWebSocket {
 public:
  struct Frame {
    int opcode = 0;
    QByteArray payload;
    [[nodiscard]] int closeCode() const { return opcode == kClose ? qFromBigEndian<quint16>(payload.constData()) : 0; }
    [[nodiscard]] QByteArray closeReason() const { return payload.mid(2); }
    [[nodiscard]] QJsonObject json() const { return QJsonDocument::fromJson(payload).object(); }
  };
  static constexpr int kText = 1;
  static constexpr int kBinary = 2;
  static constexpr int kClose = 8;
  static constexpr int kPing = 9;
  static constexpr int kPong = 10;

  RawWebSocket(const TestServer& server, const QByteArray& target, const QByteArray& protocols, const QByteArray& headers = {})
      : connection_(server.port()) {
    const auto request = TestServer::request("GET " + target,
                                             "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                                             "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                                             "Sec-WebSocket-Protocol: " +
                                                 protocols + "\r\n" + headers);
    connection_.send(request);
    answer_ = connection_.head();
    if (answer_.status != 101) answer_.body = connection_.bytes(answer_.headers.value("content-length").toLongLong());
    recordExchange(request, answer_);
  }

  [[nodiscard]] const RawReply& answer() const { return answer_; }
  [[nodiscard]] RawConnection& connection() { return connection_; }

  void send(int opcode, const QByteArray& payload) {
    QByteArray frame(1, static_cast<char>(0x80 | opcode));
    if (payload.size() < 126) {
      frame += static_cast<char>(0x80 | payload.size());
    } else {
      frame += '\xFF';
      const auto length = qToBigEndian(static_cast<quint64>(payload.size()));
      frame.append(reinterpret_cast<const char*>(&length), sizeof length);
    }
    // A mask of zeros changes nothing.
    connection_.send(frame + QByteArray(4, '\0') + payload);
  }
  void sendText(const QByteArray& text) { send(kText, text); }

  [[nodiscard]] Frame next() {
    const auto head = connection_.bytes(2);
    if (head.size() < 2) return {};
    qint64 length = head.at(1) & 0x7F;
    if (length == 126) length = qFromBigEndian<quint16>(connection_.bytes(2).constData());
    if (length == 127) length = qFromBigEndian<qint64>(connection_.bytes(8).constData());
    return {head.at(0) & 0x0F, length > 0 ? connection_.bytes(length) : QByteArray()};
  }
  /// Frames up to one that `wanted` accepts; their binary payloads are joined in `binary`.
  template <class Wanted>
  [[nodiscard]] Frame nextThat(Wanted wanted) {
    for (;;) {
      auto frame = next();
      if (frame.opcode == kBinary) binary += frame.payload;
      if (frame.opcode == 0 || wanted(frame)) return frame;
    }
  }
  QByteArray binary;

 private:
  RawConnection connection_;
  RawReply answer_;
};

}  // namespace terrarium
