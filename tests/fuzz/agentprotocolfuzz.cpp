// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <algorithm>
#include <cstdint>
#include <cstdlib>

#include "backend/guest/agent.pb.h"
#include "backend/guest/agentprotocol.h"

using namespace terrarium::guest;

namespace {

void readMessages(FrameReader& reader) {
  for (auto step = reader.next(); step != FrameReader::Step::NeedMore; step = reader.next()) {
    if (step != FrameReader::Step::Message) continue;
    if (reader.message().size() > kMaxGuestMessage) std::abort();
    GuestFrame frame;
    static_cast<void>(frame.ParseFromArray(reader.message().data(), static_cast<int>(reader.message().size())));
  }
  if (reader.buffered() > kMaxGuestMessage + conversationMark().size()) std::abort();
}

bool understandsANewConversation(FrameReader& reader) {
  std::string fresh(conversationMark());
  GuestFrame hello;
  hello.set_stream(7);
  appendFrame(fresh, hello);
  reader.feed(fresh);
  bool understood = false;
  for (auto step = reader.next(); step != FrameReader::Step::NeedMore; step = reader.next()) {
    understood = step == FrameReader::Step::Message;
  }
  return understood;
}

}  // namespace

// The first byte chooses how the rest is cut into pieces.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 1) return 0;
  const std::size_t piece = data[0] % 64 + 1;
  for (const auto scan : {FrameReader::Scan::Boundaries, FrameReader::Scan::Everywhere}) {
    std::string_view bytes(reinterpret_cast<const char*>(data + 1), size - 1);
    FrameReader reader(kMaxGuestMessage, scan);
    reader.feed(conversationMark());
    while (!bytes.empty()) {
      reader.feed(bytes.substr(0, piece));
      bytes.remove_prefix(std::min(piece, bytes.size()));
      readMessages(reader);
    }
    if (scan == FrameReader::Scan::Everywhere && !understandsANewConversation(reader)) std::abort();
  }
  return 0;
}
