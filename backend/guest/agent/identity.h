// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <map>
#include <string>

#include "backend/guest/agent.pb.h"
#include "backend/guest/agent/account.h"
#include "backend/support/result.h"

namespace terrarium::agent {

/// Who this sandbox is at present. Outlives conversations: what the host gave last counts until it gives something else.
class Identity {
 public:
  using Environment = std::map<std::string, std::string>;

  /// `ownsSystem`: also take over entropy, clock and host name; false when the agent is an ordinary process.
  explicit Identity(bool ownsSystem) : ownsSystem_(ownsSystem) {}

  /// Everything is in force when this returns.
  [[nodiscard]] Result<void> assume(const guest::Assume& assume);

  /// Before a snapshot: makes the next assume() cheap.
  void settle();

  [[nodiscard]] const Account& account() const { return account_; }
  /// Own environment < defaults < sandbox < request.
  [[nodiscard]] Environment environment(const google::protobuf::RepeatedPtrField<guest::EnvVar>& request) const;
  /// request > template > home > /home/user, which is made when missing. Fails when the one that was asked for is no directory.
  [[nodiscard]] Result<std::string> directory(const std::string& requested) const;

 private:
  [[nodiscard]] Result<void> knowAccount(const std::string& user);

  bool ownsSystem_;
  Account account_;
  std::string user_;
  bool known_ = false;  ///< account_ is that of user_
  Environment env_;
  std::string workingDirectory_;
};

}  // namespace terrarium::agent
