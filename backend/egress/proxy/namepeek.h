// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <string>
#include <string_view>

#include "backend/egress/proxy/clienthelloreader.h"
#include "backend/egress/proxy/requestscanner.h"

namespace terrarium::egress {

/// Finds the host in the first bytes of a connection, TLS or plain HTTP. Pure.
class NamePeek {
 public:
  enum class Step {
    NeedMore,
    Done,  ///< name() is the host, canonical
    Bad,   ///< it names none; reason() says why
  };

  [[nodiscard]] Step feed(std::string_view bytes);
  [[nodiscard]] const std::string& name() const { return name_; }
  [[nodiscard]] const std::string& reason() const { return reason_; }
  [[nodiscard]] bool isHttp() const { return kind_ == Kind::Http; }

 private:
  enum class Kind { Unknown, Tls, Http };
  [[nodiscard]] Step feedTls(std::string_view bytes);
  [[nodiscard]] Step feedHttp(std::string_view bytes);
  [[nodiscard]] Step bad(std::string reason);

  Kind kind_ = Kind::Unknown;
  ClientHelloReader hello_;
  RequestScanner scanner_;
  std::string head_;
  std::string name_;
  std::string reason_;
};

}  // namespace terrarium::egress
