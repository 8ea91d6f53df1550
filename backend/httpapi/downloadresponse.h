// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QObject>
#include <functional>
#include <memory>
#include <optional>

#include "backend/api/files.h"
#include "backend/httpapi/exchange.h"

namespace terrarium {

/// What a GET asks of a file, by its Range and conditional headers.
struct ByteSelection {
  int status = 200;  ///< 200, 206, 304, 412 or 416
  ByteRange range;
  qint64 length = 0;
  HttpHeaders headers;
};
[[nodiscard]] ByteSelection selectBytes(const HttpRequest& request, const FileEntry& entry);

/// Sends a file or archive. A child of its exchange; waits for a slow reader. A failure after the head cuts the connection, so that
/// nobody takes a part for the whole.
class DownloadResponse : public QObject {
  Q_OBJECT
 public:
  /// Without a selection the length is not known.
  DownloadResponse(Exchange& exchange, std::unique_ptr<ReadStream> stream, const QByteArray& contentType,
                   const std::optional<ByteSelection>& selection);

 private:
  Exchange& exchange_;
  std::unique_ptr<ReadStream> stream_;
  qint64 left_ = -1;
  std::function<void(qint64)> begin_;  ///< sends the head; takes the length, -1 when unknown
};

}  // namespace terrarium
