// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <memory>

#include "backend/api/files.h"
#include "backend/client/accesstokens.h"
#include "backend/client/httpcalls.h"
#include "backend/client/httpsocket.h"

namespace terrarium {

/// A file that goes into a sandbox over POST /files, in chunks as they come, so that its length need not be known.
class HttpWriteStream final : public WriteStream {
  Q_OBJECT
 public:
  HttpWriteStream(HttpCalls& calls, AccessTokens& tokens, SandboxId id, QUrlQuery query);
  void write(const QByteArray& bytes) override;
  [[nodiscard]] qint64 pending() const override;
  void finish() override;

 private:
  void open(const Result<QString>& token);
  void onOpened();
  void onHead(const ResponseHead& head);
  void onChanged();
  void onBytesWritten();
  void sendChunk(const QByteArray& bytes);
  void judge();
  void end(std::optional<Error> error, qint64 size = 0);

  HttpCalls& calls_;
  AccessTokens& tokens_;
  SandboxId id_;
  QUrlQuery query_;
  HttpSocket socket_;
  QByteArray waiting_;
  ResponseHead head_;
  QByteArray body_;
  qint64 sent_ = 0;
  bool open_ = false;
  bool finishing_ = false;
  bool producerWaits_ = false;
  bool ended_ = false;
};

}  // namespace terrarium
