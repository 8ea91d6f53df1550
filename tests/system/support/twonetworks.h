// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>
#include <functional>

namespace terrarium {

/// Two computers in one: this test program in a network of its own, another one beside it, and a cable between them.
class TwoNetworks {
 public:
  static constexpr auto kHere = "192.0.2.2";
  static constexpr auto kThere = "192.0.2.1";
  /// Also there, but nobody is told to listen at it.
  static constexpr auto kThereToo = "192.0.2.9";

  /// Before there is a second thread. Ends the program when this computer does not allow it.
  static void enterOrDie();
  /// The same, and what is mounted where is its own, too: see OwnMounts.
  static void enterWithOwnMountsOrDie();
  /// Lays the cable; empty, or what went wrong.
  [[nodiscard]] static QByteArray connect();
  /// What a process has to do before it becomes another program, so that it runs there.
  [[nodiscard]] static std::function<void()> goThere();
};

}  // namespace terrarium
