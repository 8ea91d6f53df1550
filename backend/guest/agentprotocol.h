// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace google::protobuf {
class MessageLite;
}

namespace terrarium::guest {

inline constexpr std::uint32_t kProtocolVersion = 1;
/// Bytes that may be under way in one direction of a stream before the receiver has given credit back.
inline constexpr std::size_t kWindow = 256 * 1024;
/// Credit is given back in portions, so that it costs few frames.
inline constexpr std::size_t kCreditPortion = 64 * 1024;
/// Most bytes of content in one frame.
inline constexpr std::size_t kChunk = 32 * 1024;
/// Longest message that a host takes from a guest.
inline constexpr std::size_t kMaxGuestMessage = 64 * 1024;
/// Longest message that a guest takes from its host: a command with its environment may be long.
inline constexpr std::size_t kMaxHostMessage = 2 * 1024 * 1024;

/// Stands before the first frame of a conversation, in both directions. A reader that meets it forgets what it had half read. All
/// bytes have the high bit set, so that it can only appear inside the content of a frame, and a host never sends such content.
inline constexpr std::array<unsigned char, 16> kMarkBytes = {0xf5, 0xd4, 0xb2, 0xe9, 0xff, 0x9c, 0xc1, 0xa7,
                                                             0xfb, 0x83, 0xd6, 0xee, 0x90, 0xbd, 0xf8, 0xcb};
[[nodiscard]] std::string_view conversationMark();

/// Appends a message as a frame: "TRAG", length (32 bits, little endian), message, line feed.
void appendFrame(std::string& out, const google::protobuf::MessageLite& message);

/// How many bytes of `content` may go into the next frame: at most `limit`, and never a whole mark.
[[nodiscard]] std::size_t contentLength(std::string_view content, std::size_t limit);

/// Takes a byte stream apart into messages. Starts out of step: everything before the first mark is skipped. Pure, no I/O; used on
/// both sides.
class FrameReader {
 public:
  enum class Step {
    NeedMore,
    Mark,     ///< a conversation begins; what was half read has been forgotten
    Message,  ///< message() is valid until the next call of feed() or next()
    Bad,      ///< the bytes make no sense; the reader is out of step until the next mark
  };
  enum class Scan {
    Boundaries,  ///< marks count between frames only
    Everywhere,  ///< marks count inside frames, too: the sender may have died in the middle of one
  };

  FrameReader(std::size_t maxMessage, Scan scan) : maxMessage_(maxMessage), scan_(scan) {}

  void feed(std::string_view bytes);
  [[nodiscard]] Step next();
  [[nodiscard]] std::string_view message() const { return message_; }
  /// Forgets everything and waits for a mark.
  void reset();
  /// Bytes held back for an unfinished frame.
  [[nodiscard]] std::size_t buffered() const { return buffer_.size() - position_; }

 private:
  [[nodiscard]] Step searchMark();
  [[nodiscard]] Step readFrame();
  [[nodiscard]] Step lostStep();
  [[nodiscard]] bool markInside(std::string_view rest, std::size_t frameEnd);
  void take(std::size_t bytes);

  std::size_t maxMessage_;
  Scan scan_;
  std::string buffer_;
  std::size_t position_ = 0;
  std::size_t scanned_ = 0;  ///< of the frame that begins at position_, in bytes
  bool inStep_ = false;
  std::string_view message_;
};

}  // namespace terrarium::guest
