// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "backend/egress/proxy/eventloop.h"

namespace terrarium::egress {

/// Carries bytes between a guest and a server in both directions, with half closes, and reads no faster than the other side takes:
/// at most 256 KiB wait in each direction. Owns both sockets; belongs to one flow.
class Splice {
 public:
  enum class End {
    Finished,  ///< both sides have said all
    GuestGone,
    ServerReset,
    Refused,  ///< the gate did not let something pass
  };
  /// Moves from the guest's bytes what may pass to the end of the others. False: the flow must end.
  using Gate = std::function<bool(std::string& unjudged, std::string& passed)>;
  using Done = std::function<void(End)>;
  static constexpr std::size_t kMaxWaiting = std::size_t{256} * 1024;

  /// `greeting` is what the guest has said already; it passes the gate like all the rest.
  Splice(EventLoop& loop, Descriptor guest, Descriptor server, std::string greeting, Done done);
  Splice(const Splice&) = delete;
  Splice& operator=(const Splice&) = delete;
  ~Splice();

  void setGate(Gate gate) { gate_ = std::move(gate); }
  /// From now on everything passes. May be called by the gate.
  void dropGate() { isGateDropped_ = true; }
  /// What the server says is shown here before it passes on.
  void setListener(std::function<void(std::string_view)> listener) { listener_ = std::move(listener); }
  /// `done` may be called before this returns; the splice must outlive the call.
  void begin();
  /// Not a byte more passes.
  void stop();
  /// Stops, and gives the guest's socket away.
  [[nodiscard]] Descriptor takeGuest();
  /// The server sees a reset instead of an orderly end.
  void abort() const;

  [[nodiscard]] std::uint64_t bytesFromGuest() const { return up_.bytes; }
  [[nodiscard]] std::uint64_t bytesFromServer() const { return down_.bytes; }
  [[nodiscard]] EventLoop::Time lastUse() const { return lastUse_; }
  [[nodiscard]] bool isHalfClosed() const { return up_.isShut || down_.isShut; }

 private:
  struct Side {
    Descriptor socket;
    bool mayRead = true;
    bool mayWrite = true;
  };
  struct Direction {
    std::string unjudged;  ///< only of the guest's bytes, and only with a gate
    std::string waiting;
    std::uint64_t bytes = 0;
    bool hasEnded = false;
    bool isShut = false;
  };
  enum class Step { Idle, Moved, Ended };

  void watch(Side& side);
  void pump();
  [[nodiscard]] Step move(Side& from, Side& to, Direction& direction);
  [[nodiscard]] Step read(Side& from, Side& to, Direction& direction);
  [[nodiscard]] Step write(Side& to, Direction& direction);
  [[nodiscard]] Step send(Side& to, std::string_view bytes, std::size_t& sent);
  [[nodiscard]] bool admit(Direction& direction, std::string_view bytes);
  Step end(End end);

  EventLoop& loop_;
  Done done_;
  Gate gate_;
  bool isGateDropped_ = false;
  std::function<void(std::string_view)> listener_;
  Side guest_;
  Side server_;
  Direction up_;
  Direction down_;
  End end_ = End::Finished;
  bool isStopped_ = false;
  EventLoop::Time lastUse_;
};

}  // namespace terrarium::egress
