// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/guest/agentprotocol.h"

#include <algorithm>
#include <google/protobuf/message_lite.h>

namespace terrarium::guest {

namespace {
constexpr std::string_view kMagic = "TRAG";
constexpr std::size_t kHeaderBytes = 8;
constexpr char kTerminator = '\n';

std::uint32_t lengthAt(std::string_view header) {
  std::uint32_t length = 0;
  for (int i = 3; i >= 0; --i) length = length << 8 | static_cast<unsigned char>(header[4 + static_cast<std::size_t>(i)]);
  return length;
}
}  // namespace

std::string_view conversationMark() { return {reinterpret_cast<const char*>(kMarkBytes.data()), kMarkBytes.size()}; }

void appendFrame(std::string& out, const google::protobuf::MessageLite& message) {
  const auto length = message.ByteSizeLong();
  out.append(kMagic);
  for (int i = 0; i < 4; ++i) out.push_back(static_cast<char>(length >> (8 * i) & 0xff));
  message.AppendPartialToString(&out);
  out.push_back(kTerminator);
}

std::size_t contentLength(std::string_view content, std::size_t limit) {
  const auto mark = content.substr(0, limit).find(conversationMark());
  if (mark == std::string_view::npos) return std::min(content.size(), limit);
  return mark + conversationMark().size() / 2;
}

void FrameReader::feed(std::string_view bytes) {
  message_ = {};
  if (position_ > 0) {
    buffer_.erase(0, position_);
    position_ = 0;
  }
  buffer_.append(bytes);
}

void FrameReader::reset() {
  buffer_.clear();
  position_ = 0;
  scanned_ = 0;
  inStep_ = false;
  message_ = {};
}

void FrameReader::take(std::size_t bytes) {
  position_ += bytes;
  scanned_ = 0;
}

FrameReader::Step FrameReader::next() { return inStep_ ? readFrame() : searchMark(); }

FrameReader::Step FrameReader::searchMark() {
  const std::string_view rest = std::string_view(buffer_).substr(position_);
  const auto mark = conversationMark();
  const auto at = rest.find(mark);
  if (at == std::string_view::npos) {
    take(rest.size() - std::min(rest.size(), mark.size() - 1));
    return Step::NeedMore;
  }
  take(at + mark.size());
  inStep_ = true;
  return Step::Mark;
}

FrameReader::Step FrameReader::lostStep() {
  // The bytes stay: a mark may be among them.
  inStep_ = false;
  scanned_ = 0;
  return Step::Bad;
}

// Looks for a mark that begins inside the frame, and steps behind it.
bool FrameReader::markInside(std::string_view rest, std::size_t frameEnd) {
  if (scan_ != Scan::Everywhere) return false;
  const auto mark = conversationMark();
  const auto from = std::max(kHeaderBytes, scanned_);
  const auto inside = rest.substr(0, std::min(rest.size(), frameEnd));
  if (inside.size() <= from) return false;
  const auto at = inside.find(mark, from);
  if (at == std::string_view::npos) {
    scanned_ = inside.size() - std::min(inside.size(), mark.size() - 1);
    return false;
  }
  take(at + mark.size());
  return true;
}

FrameReader::Step FrameReader::readFrame() {
  const std::string_view rest = std::string_view(buffer_).substr(position_);
  const auto mark = conversationMark();
  if (!rest.empty() && rest.front() == mark.front()) {
    if (rest.substr(0, mark.size()) == mark) {
      take(mark.size());
      return Step::Mark;
    }
    return rest == mark.substr(0, rest.size()) ? Step::NeedMore : lostStep();
  }
  const auto shown = std::min(rest.size(), kMagic.size());
  if (rest.substr(0, shown) != kMagic.substr(0, shown)) return lostStep();
  if (rest.size() < kHeaderBytes) return Step::NeedMore;
  const std::size_t length = lengthAt(rest);
  if (length > maxMessage_) return lostStep();
  const auto frameEnd = kHeaderBytes + length + 1;
  if (markInside(rest, frameEnd)) return Step::Mark;
  if (rest.size() < frameEnd) return Step::NeedMore;
  if (rest[frameEnd - 1] != kTerminator) return lostStep();
  message_ = rest.substr(kHeaderBytes, length);
  take(frameEnd);
  return Step::Message;
}

}  // namespace terrarium::guest
