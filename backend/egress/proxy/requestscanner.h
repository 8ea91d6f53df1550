// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace terrarium::egress {

struct RequestHead {
  std::string method;
  std::string target;
  std::string host;  ///< canonical, without the port
  bool asksForWebSocket = false;
};

/// Finds the requests in what a client sends over one plain HTTP/1 connection, so that each can be judged before it is passed on.
/// Strict: whatever two servers could understand differently is bad. Pure; holds no bytes, its caller does.
class RequestScanner {
 public:
  enum class Kind {
    NeedMore,
    Head,  ///< a whole head: head() says what it asks for
    Body,  ///< goes where its head went
    Bad,   ///< reason() says what; nothing more may pass
  };
  struct Piece {
    Kind kind;
    std::size_t bytes;  ///< how many of the given bytes it takes
  };
  static constexpr std::size_t kMaxHead = std::size_t{64} * 1024;
  static constexpr std::size_t kMaxTrailer = std::size_t{8} * 1024;

  /// Whether a connection that begins so can be HTTP at all.
  [[nodiscard]] static bool mayBegin(std::string_view bytes);

  /// `pending` begins behind the last piece. Until something is taken, it must only grow.
  [[nodiscard]] Piece next(std::string_view pending);
  [[nodiscard]] const RequestHead& head() const { return head_; }
  [[nodiscard]] const std::string& reason() const { return reason_; }
  /// The server has agreed to speak something else: everything passes from now on.
  void beginTunnel() { state_ = State::Tunnel; }

 private:
  enum class State { Head, Length, ChunkSize, ChunkData, ChunkEnd, Trailer, Tunnel, Bad };

  [[nodiscard]] Piece bad(std::string reason);
  [[nodiscard]] Piece takeHead(std::string_view pending);
  [[nodiscard]] Piece takeCounted(std::string_view pending, State then);
  [[nodiscard]] Piece takeChunkSize(std::string_view pending);
  [[nodiscard]] Piece takeChunkEnd(std::string_view pending);
  [[nodiscard]] Piece takeTrailerLine(std::string_view pending);
  /// The reason why it is bad, or nothing.
  [[nodiscard]] const char* readHead(std::string_view text);

  State state_ = State::Head;
  std::size_t scanned_ = 0;
  std::size_t trailerBytes_ = 0;
  std::uint64_t remaining_ = 0;
  RequestHead head_;
  std::string reason_;
};

}  // namespace terrarium::egress
