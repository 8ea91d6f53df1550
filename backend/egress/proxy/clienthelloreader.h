// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace terrarium::egress {

/// Reads the beginning of a TLS connection up to the server name in its ClientHello, over any number of records and pieces. Pure;
/// keeps at most 16 KiB and looks at no more than 64 KiB.
class ClientHelloReader {
 public:
  enum class Step {
    NeedMore,
    Done,  ///< name() is known; empty when the connection names nobody
    Bad,   ///< not a ClientHello, or one that is too long; reason() says what
  };
  static constexpr std::size_t kMaxHello = std::size_t{16} * 1024;
  static constexpr std::size_t kMaxBytes = std::size_t{64} * 1024;

  /// Whether bytes that begin so can be TLS at all.
  [[nodiscard]] static bool mayBegin(std::string_view bytes) { return !bytes.empty() && bytes.front() == 0x16; }

  [[nodiscard]] Step feed(std::string_view bytes);
  /// Canonical.
  [[nodiscard]] const std::string& name() const { return name_; }
  [[nodiscard]] const std::string& reason() const { return reason_; }

 private:
  [[nodiscard]] Step takeRecords();
  [[nodiscard]] Step takeRecord(std::string_view record);
  [[nodiscard]] Step bad(std::string reason);
  [[nodiscard]] Step readHello(std::string_view body);
  [[nodiscard]] Step readExtensions(std::string_view extensions);
  [[nodiscard]] Step readServerName(std::string_view list);

  Step step_ = Step::NeedMore;
  std::size_t seen_ = 0;
  std::string unread_;     ///< of an unfinished record
  std::string handshake_;  ///< contents of the records so far
  std::string name_;
  std::string reason_;
};

}  // namespace terrarium::egress
