// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <memory>
#include <optional>

#include "backend/api/files.h"
#include "backend/client/accesstokens.h"
#include "backend/client/httpcalls.h"
#include "backend/client/httpsocket.h"
#include "backend/client/responsebody.h"

namespace terrarium {

/// A file or zip that comes out of a sandbox over GET /files. Reads no further than the receiver keeps up with, which
/// QNetworkAccessManager cannot: it takes everything in, whatever its read buffer is set to.
class HttpReadStream final : public ReadStream {
  Q_OBJECT
 public:
  HttpReadStream(HttpCalls& calls, AccessTokens& tokens, SandboxId id, std::string path, QUrlQuery query, QByteArray range);
  void consumed(qint64 bytes) override;

 private:
  void send(const Result<QString>& token);
  void onHead(const ResponseHead& head);
  void onChanged();
  void readOn();
  void collectRefusal();
  void end(const std::optional<Error>& error);
  [[nodiscard]] bool isGood() const { return head_.status == 200 || head_.status == 206; }
  [[nodiscard]] FileEntry entry() const;

  HttpCalls& calls_;
  AccessTokens& tokens_;
  SandboxId id_;
  std::string path_;
  QUrlQuery query_;
  QByteArray range_;
  QString token_;
  std::unique_ptr<HttpSocket> socket_;
  ResponseHead head_;
  std::optional<ResponseBody> body_;
  QByteArray refusal_;
  qint64 unconsumed_ = 0;
  bool renewed_ = false;
  bool ended_ = false;
  bool readScheduled_ = false;
};

}  // namespace terrarium
