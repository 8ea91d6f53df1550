// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/upload.h"

namespace terrarium {

namespace {
constexpr qint64 kHigh = 512 * 1024;
constexpr qint64 kPiece = 64 * 1024;
}  // namespace

Upload::Upload(std::unique_ptr<WriteStream> stream, const QString& source, QObject* parent)
    : FileTransfer(parent), stream_(std::move(stream)), file_(source) {
  connect(stream_.get(), &WriteStream::drained, this, &Upload::feed);
  connect(stream_.get(), &WriteStream::stored, this, [this](qint64 size) { emit done(size); });
  connect(stream_.get(), &WriteStream::failed, this, [this](const Error& error) {
    if (ended_) return;
    ended_ = true;
    emit failed(error);
  });
  QMetaObject::invokeMethod(this, &Upload::begin, Qt::QueuedConnection);
}

void Upload::begin() { file_.open(QIODevice::ReadOnly) ? feed() : localProblem(); }

void Upload::localProblem() {
  ended_ = true;
  emit failed(Error{ErrorCode::FileSystem,
                    "The file " + file_.fileName().toStdString() + " cannot be read: " + file_.errorString().toStdString() + ".",
                    {},
                    {}});
}

void Upload::feed() {
  while (!ended_ && !finishing_ && stream_->pending() <= kHigh) {
    const auto bytes = file_.read(kPiece);
    if (bytes.isEmpty()) {
      if (file_.error() != QFileDevice::NoError) return localProblem();
      finishing_ = true;
      return stream_->finish();
    }
    stream_->write(bytes);
    sent_ += bytes.size();
    emit progressed(sent_, file_.size());
  }
}

}  // namespace terrarium
