// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace terrarium::egress {

enum class DnsCode : std::uint8_t { Ok = 0, BadFormat = 1, ServerFailed = 2, NoSuchName = 3, NotImplemented = 4, Refused = 5 };

/// One question of a guest. Bounded and strict: one question, class IN, no compression, nothing behind it but one OPT record.
struct DnsQuestion {
  static constexpr std::uint16_t kA = 1;
  static constexpr std::uint16_t kAaaa = 28;
  /// Longest question: a name, its header and an OPT record with some options.
  static constexpr std::size_t kMaxBytes = 1232;

  std::uint16_t id = 0;
  bool recursionDesired = false;
  std::string name;         ///< as asked, labels separated by dots, without the last one; bytes of any kind
  std::string encodedName;  ///< as it stood in the message
  std::uint16_t type = 0;
  std::optional<std::uint16_t> udpSize;  ///< from the OPT record
};

/// What a message from a guest is: a question, something to be answered with an error, or nothing that deserves an answer.
struct DnsRequest {
  std::optional<DnsQuestion> question;
  std::string errorAnswer;  ///< empty: say nothing
};

[[nodiscard]] DnsRequest parseDnsRequest(std::string_view message);

/// The answer with A records (addresses in host byte order), cut and marked as truncated when it is longer than `limit`.
[[nodiscard]] std::string dnsAnswer(const DnsQuestion& question, DnsCode code, const std::vector<std::uint32_t>& addresses,
                                    std::uint32_t secondsToLive, std::size_t limit);

/// How long an answer by UDP may be.
[[nodiscard]] std::size_t udpAnswerLimit(const DnsQuestion& question);

}  // namespace terrarium::egress
