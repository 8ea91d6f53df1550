// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <string>
#include <unordered_map>
#include <vector>

#include "backend/egress/control/controlchannel.h"

namespace terrarium::egress {

/// What a name leads to.
struct Resolution {
  ResolveOutcome outcome = ResolveOutcome::Failed;
  std::vector<IpAddress> addresses;
};

/// Asks the engine what names lead to, each name once at a time, and remembers the answers for a while. Whoever asks must have
/// judged the name.
class NameResolver {
 public:
  using Time = std::chrono::steady_clock::time_point;
  using Done = std::function<void(const Resolution&)>;
  static constexpr auto kKeep = std::chrono::seconds(30);
  static constexpr auto kKeepAbsence = std::chrono::seconds(5);
  static constexpr auto kPatience = std::chrono::seconds(5);
  static constexpr std::size_t kMaxKept = 1024;

  explicit NameResolver(std::function<void(const ResolveName&)> ask) : ask_(std::move(ask)) {}

  /// `done` may be called before this returns.
  void resolve(const std::string& name, Time now, Done done);
  /// Answers to nothing are ignored.
  void answered(const NameResolved& answer, Time now);
  /// Gives up on what takes too long.
  void tick(Time now);
  [[nodiscard]] bool isIdle() const { return asked_.empty(); }

 private:
  struct Question {
    std::string name;
    Time asked;
    std::vector<Done> waiting;
  };
  struct Kept {
    Resolution resolution;
    Time until;
  };
  void keep(const std::string& name, const Resolution& resolution, Time now);

  std::function<void(const ResolveName&)> ask_;
  std::uint64_t lastId_ = 0;
  std::map<std::uint64_t, Question> asked_;
  std::unordered_map<std::string, Kept> kept_;
};

}  // namespace terrarium::egress
