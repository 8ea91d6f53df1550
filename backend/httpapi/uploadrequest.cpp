// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/httpapi/uploadrequest.h"

#include <utility>

#include "backend/wire/jsonvalues.h"

namespace terrarium {

namespace {
constexpr qint64 kMostPending = 512 * 1024;
}

UploadRequest::UploadRequest(Exchange& exchange, std::unique_ptr<WriteStream> stream, std::string path)
    : QObject(&exchange), exchange_(exchange), stream_(std::move(stream)), path_(std::move(path)) {
  connect(&exchange_, &Exchange::bodyReceived, this, &UploadRequest::take);
  connect(stream_.get(), &WriteStream::drained, this, [this] {
    if (std::exchange(waitsForDrain_, false)) exchange_.wantBody();
  });
  connect(stream_.get(), &WriteStream::stored, this, [this](qint64 size) {
    exchange_.respond(200, QJsonObject{{QStringLiteral("path"), qtText(path_)}, {QStringLiteral("size"), size}});
  });
  connect(stream_.get(), &WriteStream::failed, this, [this](const Error& error) {
    disconnect(&exchange_, &Exchange::bodyReceived, this, nullptr);
    exchange_.respondError(error);
  });
  exchange_.wantBody();
}

void UploadRequest::take(const QByteArray& bytes, bool last) {
  if (!bytes.isEmpty()) stream_->write(bytes);
  if (last) return stream_->finish();
  if (stream_->pending() > kMostPending)
    waitsForDrain_ = true;
  else
    exchange_.wantBody();
}

}  // namespace terrarium
