// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QNetworkReply>
#include <QPointer>

#include "backend/api/files.h"
#include "backend/client/accesstokens.h"
#include "backend/client/httpcalls.h"

namespace terrarium {

/// A file or zip that comes out of a sandbox over GET /files. Reads no further than the receiver keeps up with.
class HttpReadStream final : public ReadStream {
  Q_OBJECT
 public:
  HttpReadStream(HttpCalls& calls, AccessTokens& tokens, SandboxId id, std::string path, QUrlQuery query, QByteArray range);
  ~HttpReadStream() override;
  void consumed(qint64 bytes) override;

 private:
  void send(const Result<QString>& token);
  void onMetaData();
  void readOn();
  void onFinished();
  void end(std::optional<Error> error);
  [[nodiscard]] FileEntry entry() const;

  HttpCalls& calls_;
  AccessTokens& tokens_;
  SandboxId id_;
  std::string path_;
  QUrlQuery query_;
  QByteArray range_;
  QString token_;
  QPointer<QNetworkReply> reply_;
  qint64 unconsumed_ = 0;
  qint64 received_ = 0;
  bool renewed_ = false;
  bool opened_ = false;
  bool ended_ = false;
  bool readScheduled_ = false;
};

}  // namespace terrarium
