// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <array>
#include <boost/beast/http/buffer_body.hpp>
#include <boost/beast/http/parser.hpp>
#include <optional>

#include "backend/httpapi/httpmessage.h"
#include "backend/httpapi/transport.h"

namespace terrarium {

/// Takes apart what a program in a sandbox answers to one request. Everything it says is hostile: lengths are bounded, and what
/// cannot be read in exactly one way is refused. No I/O.
class PreviewResponse {
 public:
  explicit PreviewResponse(const HttpRequest& request);

  /// Takes the next bytes. False: this is no answer to the request.
  [[nodiscard]] bool feed(const QByteArray& bytes);
  /// No more follows. False: something is missing.
  [[nodiscard]] bool end();

  [[nodiscard]] bool hasHead() const { return hasHead_; }
  [[nodiscard]] int status() const { return status_; }
  /// To be passed on as they are, with Content-Length when it is known.
  [[nodiscard]] const HttpHeaders& headers() const { return headers_; }
  [[nodiscard]] BodyFraming framing() const { return framing_; }
  /// The program changed over to WebSocket: what follows is not HTTP.
  [[nodiscard]] bool isTunnel() const { return status_ == 101; }
  [[nodiscard]] bool isComplete() const { return complete_; }
  /// The body that has come so far and was not taken yet; of a tunnel, whatever came.
  [[nodiscard]] QByteArray takeBody() { return std::exchange(body_, {}); }

 private:
  using Parser = boost::beast::http::response_parser<boost::beast::http::buffer_body>;
  void reset();
  [[nodiscard]] bool readHead();
  [[nodiscard]] bool readBody();
  [[nodiscard]] bool takeHead();

  bool isWebSocket_;
  bool headOnly_;
  std::optional<Parser> parser_;
  QByteArray pending_;
  QByteArray body_;
  HttpHeaders headers_;
  BodyFraming framing_ = BodyFraming::None;
  int status_ = 0;
  int interim_ = 0;
  bool hasHead_ = false;
  bool complete_ = false;
};

}  // namespace terrarium
