// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <deque>
#include <memory>
#include <string>
#include <vector>

#include "backend/egress/netstack/checksum.h"
#include "backend/egress/netstack/netstack.h"

namespace terrarium::netstack::tests {

using egress::FlowTuple;
using Frame = std::vector<std::uint8_t>;

inline constexpr std::uint32_t kServer = 0x5db8000a;  // 93.184.0.10
inline const FlowTuple kWeb{40000, {kServer, 443}};

inline Bytes bytesOf(std::string_view text) { return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()}; }

/// An IPv4 frame as the guest sends it.
inline Frame guestPacket(std::uint32_t destination, std::uint8_t protocol, Bytes message) {
  Frame frame(kMessage + message.size());
  writeIpv4Header(Space(frame).subspan(kEthernetHeader), kGuestAddress, destination, protocol, message.size());
  copyBytes(frame, 0, kGatewayMac);
  copyBytes(frame, 6, kGuestMac);
  write16(frame, 12, kIpv4Type);
  copyBytes(frame, kMessage, message);
  return frame;
}

inline Frame guestTcp(const FlowTuple& tuple, const TcpSegment& segment) {
  const std::size_t options = (segment.mss ? 4 : 0) + (segment.windowScale ? 4 : 0);
  Frame message(kTcpHeader + options + segment.payload.size());
  write16(message, 0, tuple.guestPort);
  write16(message, 2, tuple.peer.port);
  write32(message, 4, segment.sequence);
  write32(message, 8, segment.acknowledgement);
  message[12] = static_cast<std::uint8_t>((kTcpHeader + options) / 4 << 4);
  message[13] = segment.flags;
  write16(message, 14, segment.window);
  auto at = kTcpHeader;
  if (segment.mss) {
    copyBytes(message, at, Frame{2, 4, std::uint8_t(*segment.mss >> 8), std::uint8_t(*segment.mss)});
    at += 4;
  }
  if (segment.windowScale) copyBytes(message, at, Frame{3, 3, *segment.windowScale, 1});
  copyBytes(message, kTcpHeader + options, segment.payload);
  return guestPacket(tuple.peer.address, kTcp, message);
}

inline Frame guestUdp(const FlowTuple& tuple, std::string_view payload) {
  Frame message(kUdpHeader + payload.size());
  write16(message, 0, tuple.guestPort);
  write16(message, 2, tuple.peer.port);
  write16(message, 4, static_cast<std::uint16_t>(message.size()));
  copyBytes(message, kUdpHeader, bytesOf(payload));
  return guestPacket(tuple.peer.address, kUdp, message);
}

class FakeCable final : public Cable {
 public:
  [[nodiscard]] bool send(Bytes frame) override {
    if (room == 0) return false;
    --room;
    frames.emplace_back(frame.begin(), frame.end());
    return true;
  }
  std::deque<Frame> frames;
  std::size_t room = SIZE_MAX;
};

class FakeControl final : public Control {
 public:
  [[nodiscard]] Offered offer(const egress::FlowMessage& message) override {
    if (state == Offered::Taken) told.push_back(encoded(message));
    return state;
  }
  void tell(const egress::FlowMessage& message) override { told.push_back(encoded(message)); }

  /// The oldest message that was not looked at.
  [[nodiscard]] egress::FromNetstack take() {
    if (told.empty()) return egress::Note{"nothing-was-told"};
    current = std::move(told.front());
    told.pop_front();
    return egress::parseFromNetstack(current).value();
  }
  std::deque<std::string> told;
  std::string current;
  Offered state = Offered::Taken;
};

/// Both ends of a stream; the test holds this one.
struct Pipe {
  std::string arrived;          ///< at egress
  std::string waiting;          ///< for the guest
  std::size_t room = SIZE_MAX;  ///< what egress takes before it is slow
  bool ended = false;           ///< egress has nothing more for the guest
  bool guestEnded = false;      ///< egress was told that the guest has nothing more
  bool broken = false;
  bool closed = false;
};

class FakeStream final : public Stream {
 public:
  explicit FakeStream(std::shared_ptr<Pipe> pipe) : pipe_(std::move(pipe)) {}
  ~FakeStream() override { pipe_->closed = true; }

  [[nodiscard]] Moved read(Space into) override {
    if (pipe_->broken) return {State::Broken};
    if (pipe_->waiting.empty()) return {pipe_->ended ? State::Ended : State::Later};
    const auto size = std::min(into.size(), pipe_->waiting.size());
    copyBytes(into, 0, bytesOf(pipe_->waiting).first(size));
    pipe_->waiting.erase(0, size);
    return {State::Good, size};
  }
  [[nodiscard]] Moved write(Bytes bytes) override {
    if (pipe_->broken) return {State::Broken};
    const auto size = std::min(bytes.size(), pipe_->room);
    if (size == 0) return {State::Later};
    pipe_->room -= size;
    pipe_->arrived.append(reinterpret_cast<const char*>(bytes.data()), size);
    return {State::Good, size};
  }
  void endWriting() override { pipe_->guestEnded = true; }

 private:
  std::shared_ptr<Pipe> pipe_;
};

/// A segment that reached the guest.
struct Reply {
  std::uint8_t flags = 0;
  Sequence sequence = 0;
  Sequence acknowledgement = 0;
  std::uint32_t window = 0;
  std::string payload = {};
  std::optional<std::uint16_t> mss = {};
  std::optional<std::uint8_t> windowScale = {};

  [[nodiscard]] bool is(int wanted) const { return (flags & ~TcpSegment::Push) == wanted; }
};

inline constexpr int kAck = TcpSegment::Ack;
inline constexpr int kSyn = TcpSegment::Syn;
inline constexpr int kFin = TcpSegment::Fin;
inline constexpr int kRst = TcpSegment::Rst;

/// A netstack with a guest, an egress and a clock in the test's hands. The guest speaks in whole segments and knows nothing of TCP.
class ScriptedGuest {
 public:
  FakeCable cable;
  FakeControl control;
  Netstack netstack{cable, control, HashKey{1, 2}};
  Time now{std::chrono::hours(1)};
  std::shared_ptr<Pipe> pipe = std::make_shared<Pipe>();
  FlowTuple tuple = kWeb;
  Sequence own = 1000;  ///< the next of the guest
  Sequence peer = 0;    ///< the next that the guest expects
  std::uint16_t window = 0xffff;

  void frame(const Frame& bytes) {
    netstack.receiveFrame(bytes, now);
    netstack.endBatch(now);
  }
  void send(TcpSegment segment) { frame(guestTcp(tuple, segment)); }
  void send(int flags, Sequence sequence, Sequence acknowledgement, std::string_view payload = {}) {
    TcpSegment segment;
    segment.flags = static_cast<std::uint8_t>(flags);
    segment.sequence = sequence;
    segment.acknowledgement = acknowledgement;
    segment.window = window;
    segment.payload = bytesOf(payload);
    send(segment);
  }
  void confirm() { send(kAck, own, peer); }
  void say(std::string_view text) {
    send(kAck, own, peer, text);
    own += static_cast<Sequence>(text.size());
  }
  void message(const egress::FromEgress& text, std::unique_ptr<Stream> stream = nullptr) {
    netstack.receiveMessage(text, std::move(stream), now);
    netstack.endBatch(now);
  }
  void wait(std::chrono::milliseconds time) {
    now += time;
    netstack.endBatch(now);
  }
  /// Egress has something for the guest.
  void serve(std::string_view text, bool last = false) {
    pipe->waiting += text;
    pipe->ended = last;
    netstack.streamReady(id, true, false);
    netstack.endBatch(now);
  }
  void makeRoom(std::size_t bytes) {
    pipe->room = bytes;
    netstack.streamReady(id, false, true);
    netstack.endBatch(now);
  }

  TcpSegment syn() const {
    TcpSegment segment;
    segment.flags = TcpSegment::Syn;
    segment.sequence = own;
    segment.window = window;
    segment.mss = 1460;
    segment.windowScale = 7;
    return segment;
  }
  /// SYN; the flow that egress was asked about.
  egress::FlowId knock() { return knock(syn()); }
  egress::FlowId knock(const TcpSegment& segment) {
    send(segment);
    const auto asked = control.take();
    const auto* open = std::get_if<egress::Open>(&asked);
    id = open == nullptr ? 0 : open->id;
    return id;
  }
  void accept() { message(egress::Accept{id}, std::make_unique<FakeStream>(pipe)); }
  /// The whole handshake.
  void connect() { connect(syn()); }
  void connect(const TcpSegment& first) {
    knock(first);
    accept();
    peer = take().sequence + 1;
    own = first.sequence + 1;
    confirm();
  }

  /// The oldest segment that reached the guest and was not looked at; no flags when there is none.
  Reply take() {
    if (cable.frames.empty()) return {};
    const auto bytes = std::move(cable.frames.front());
    cable.frames.pop_front();
    return replyIn(bytes);
  }
  std::vector<Reply> takeAll() {
    std::vector<Reply> replies;
    while (!cable.frames.empty()) replies.push_back(take());
    return replies;
  }
  bool isQuiet() const { return cable.frames.empty(); }

  static Reply replyIn(const Frame& bytes) {
    const auto packet = parseIpv4(Bytes(bytes).subspan(kEthernetHeader));
    if (!packet || packet->protocol != kTcp) return {};
    if (folded(pseudoHeaderSum(packet->source, packet->destination, kTcp, packet->payload.size()) + sumOf(packet->payload)) != 0) {
      return {};
    }
    const auto parsed = parseTcp(*packet);
    if (!parsed) return {};
    const auto& segment = parsed->segment;
    return {segment.flags,
            segment.sequence,
            segment.acknowledgement,
            segment.window,
            std::string(reinterpret_cast<const char*>(segment.payload.data()), segment.payload.size()),
            segment.mss,
            segment.windowScale};
  }

  egress::FlowId id = 0;
};

}  // namespace terrarium::netstack::tests
