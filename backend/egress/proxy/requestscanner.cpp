// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/egress/proxy/requestscanner.h"

#include <algorithm>
#include <optional>

#include "backend/egress/policy/hostname.h"
#include "backend/egress/proxy/requestfields.h"

namespace terrarium::egress {

namespace {

constexpr std::size_t kMaxChunkLine = 256;
constexpr std::size_t kMaxMethod = 32;

bool isControl(char c) { return (static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7f; }

/// The canonical host of "host" or "host:port".
std::optional<std::string> hostOf(std::string_view authority) {
  const auto colon = authority.find(':');
  if (colon != std::string_view::npos) {
    const auto port = authority.substr(colon + 1);
    if (port.size() > 5 || !std::all_of(port.begin(), port.end(), [](char c) { return c >= '0' && c <= '9'; })) return std::nullopt;
  }
  return canonicalHostName(authority.substr(0, colon));
}

const char* readRequestLine(std::string_view line, RequestHead& head, bool& isOld) {
  const auto first = line.find(' ');
  const auto last = line.rfind(' ');
  if (first == std::string_view::npos || first == last) return "it does not begin with a request";
  const auto target = line.substr(first + 1, last - first - 1);
  const auto version = line.substr(last + 1);
  if (!isHttpToken(line.substr(0, first)) || (version != "HTTP/1.1" && version != "HTTP/1.0")) {
    return "it does not begin with a request of HTTP/1";
  }
  if (!std::all_of(target.begin(), target.end(), [](char c) { return c > 0x20 && c < 0x7f; })) {
    return "its request has an invalid target";
  }
  head.method = line.substr(0, first);
  head.target = target;
  isOld = version == "HTTP/1.0";
  return nullptr;
}

/// A path, "*", or a whole URL of the same host.
bool isTargetOf(std::string_view target, const std::string& host) {
  if (target.front() == '/' || target == "*") return true;
  constexpr std::string_view kScheme = "http://";
  if (lowerCase(target.substr(0, kScheme.size())) != kScheme) return false;
  target.remove_prefix(kScheme.size());
  return hostOf(target.substr(0, target.find_first_of("/?#"))) == host;
}

int hexDigit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

}  // namespace

bool RequestScanner::mayBegin(std::string_view bytes) { return isHttpToken(bytes.substr(0, 1)); }

RequestScanner::Piece RequestScanner::bad(std::string reason) {
  reason_ = std::move(reason);
  state_ = State::Bad;
  return {Kind::Bad, 0};
}

RequestScanner::Piece RequestScanner::next(std::string_view pending) {
  if (state_ == State::Bad) return {Kind::Bad, 0};
  if (pending.empty()) return {Kind::NeedMore, 0};
  switch (state_) {
    case State::Head:
      return takeHead(pending);
    case State::Length:
      return takeCounted(pending, State::Head);
    case State::ChunkSize:
      return takeChunkSize(pending);
    case State::ChunkData:
      return takeCounted(pending, State::ChunkEnd);
    case State::ChunkEnd:
      return takeChunkEnd(pending);
    case State::Trailer:
      return takeTrailerLine(pending);
    case State::Tunnel:
      return {Kind::Body, pending.size()};
    case State::Bad:
      break;
  }
  return {Kind::Bad, 0};
}

RequestScanner::Piece RequestScanner::takeHead(std::string_view pending) {
  const auto end = std::min(pending.size(), kMaxHead);
  for (; scanned_ < end; ++scanned_) {
    const char c = pending[scanned_];
    const bool afterReturn = scanned_ > 0 && pending[scanned_ - 1] == '\r';
    if ((c == '\n') != afterReturn || (isControl(c) && c != '\r' && c != '\n'))
      return bad("its request has a stray control character");
    if (c != '\n' || scanned_ < 3 || pending.substr(scanned_ - 3, 4) != "\r\n\r\n") continue;
    const auto length = scanned_ + 1;
    scanned_ = 0;
    if (const char* problem = readHead(pending.substr(0, length))) return bad(problem);
    return {Kind::Head, length};
  }
  if (end == kMaxHead) return bad("the head of its request is too long");
  return {Kind::NeedMore, 0};
}

const char* RequestScanner::readHead(std::string_view text) {
  head_ = {};
  bool isOld = false;
  const auto lineEnd = text.find("\r\n");
  if (const char* problem = readRequestLine(text.substr(0, lineEnd), head_, isOld)) return problem;
  RequestFields fields;
  if (const char* problem = readRequestFields(text.substr(lineEnd + 2, text.size() - lineEnd - 4), fields)) return problem;
  if (!fields.host) return "its request names no host";
  const auto host = hostOf(*fields.host);
  if (!host) return "its request names a host that is not a domain";
  head_.host = *host;
  if (head_.method.size() > kMaxMethod || head_.method == "CONNECT") return "its request has a method that is not forwarded";
  if (!isTargetOf(head_.target, head_.host)) return "its request has a target of another host";
  if (fields.coding && (fields.length || isOld || *fields.coding != "chunked")) return "its request has an ambiguous length";
  if (fields.upgrade && fields.upgrade->find("h2c") != std::string::npos) return "HTTP/2 without TLS is not forwarded";
  head_.asksForWebSocket = fields.upgrade == "websocket";
  remaining_ = fields.length.value_or(0);
  if (head_.asksForWebSocket && (fields.coding || remaining_ > 0)) return "its request for a WebSocket has a body";
  state_ = fields.coding ? State::ChunkSize : remaining_ > 0 ? State::Length : State::Head;
  return nullptr;
}

RequestScanner::Piece RequestScanner::takeCounted(std::string_view pending, State then) {
  const auto count = static_cast<std::size_t>(std::min<std::uint64_t>(pending.size(), remaining_));
  remaining_ -= count;
  if (remaining_ == 0) state_ = then;
  return {Kind::Body, count};
}

RequestScanner::Piece RequestScanner::takeChunkSize(std::string_view pending) {
  const auto end = pending.substr(0, kMaxChunkLine).find('\n');
  if (end == std::string_view::npos) {
    return pending.size() < kMaxChunkLine ? Piece{Kind::NeedMore, 0} : bad("a chunk of its request has an invalid length");
  }
  const auto line = pending.substr(0, end);
  std::size_t digits = 0;
  remaining_ = 0;
  for (; digits < line.size() && hexDigit(line[digits]) >= 0; ++digits) {
    remaining_ = remaining_ << 4 | static_cast<std::uint64_t>(hexDigit(line[digits]));
  }
  const auto rest = line.substr(digits);
  const bool isWhole = !rest.empty() && rest.back() == '\r' && (rest.size() == 1 || rest.front() == ';');
  if (digits == 0 || digits > 15 || !isWhole || std::any_of(rest.begin(), rest.end() - 1, isControl)) {
    return bad("a chunk of its request has an invalid length");
  }
  trailerBytes_ = 0;
  state_ = remaining_ > 0 ? State::ChunkData : State::Trailer;
  return {Kind::Body, end + 1};
}

RequestScanner::Piece RequestScanner::takeChunkEnd(std::string_view pending) {
  if (pending.size() < 2 && pending.front() == '\r') return {Kind::NeedMore, 0};
  if (pending.substr(0, 2) != "\r\n") return bad("a chunk of its request is longer than it says");
  state_ = State::ChunkSize;
  return {Kind::Body, 2};
}

RequestScanner::Piece RequestScanner::takeTrailerLine(std::string_view pending) {
  const auto room = kMaxTrailer - trailerBytes_;
  const auto end = pending.substr(0, room).find("\r\n");
  if (end == std::string_view::npos) {
    return pending.size() < room ? Piece{Kind::NeedMore, 0} : bad("the trailer of its request is too long");
  }
  const auto line = pending.substr(0, end);
  if (std::any_of(line.begin(), line.end(), isControl)) return bad("its request has a stray control character");
  RequestFields ignored;
  if (!line.empty() && readRequestFields(pending.substr(0, end + 2), ignored)) return bad("the trailer of its request is invalid");
  trailerBytes_ += end + 2;
  if (line.empty()) state_ = State::Head;
  return {Kind::Body, end + 2};
}

}  // namespace terrarium::egress
