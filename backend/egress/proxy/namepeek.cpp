// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/egress/proxy/namepeek.h"

namespace terrarium::egress {

NamePeek::Step NamePeek::bad(std::string reason) {
  reason_ = std::move(reason);
  return Step::Bad;
}

NamePeek::Step NamePeek::feed(std::string_view bytes) {
  if (bytes.empty()) return Step::NeedMore;
  if (kind_ == Kind::Unknown) {
    if (ClientHelloReader::mayBegin(bytes)) {
      kind_ = Kind::Tls;
    } else if (RequestScanner::mayBegin(bytes)) {
      kind_ = Kind::Http;
    } else {
      return bad("it begins neither with TLS nor with an HTTP request");
    }
  }
  return kind_ == Kind::Tls ? feedTls(bytes) : feedHttp(bytes);
}

NamePeek::Step NamePeek::feedTls(std::string_view bytes) {
  const auto step = hello_.feed(bytes);
  if (step == ClientHelloReader::Step::NeedMore) return Step::NeedMore;
  if (step == ClientHelloReader::Step::Bad) return bad(hello_.reason());
  if (hello_.name().empty()) return bad("its TLS greeting names no host");
  name_ = hello_.name();
  return Step::Done;
}

NamePeek::Step NamePeek::feedHttp(std::string_view bytes) {
  head_.append(bytes);
  const auto piece = scanner_.next(head_);
  if (piece.kind == RequestScanner::Kind::NeedMore) return Step::NeedMore;
  if (piece.kind == RequestScanner::Kind::Bad) return bad(scanner_.reason());
  name_ = scanner_.head().host;
  head_ = {};
  return Step::Done;
}

}  // namespace terrarium::egress
