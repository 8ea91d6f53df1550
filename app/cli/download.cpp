// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/download.h"

namespace terrarium {

Download::Download(std::unique_ptr<ReadStream> stream, const QString& target, QObject* parent)
    : FileTransfer(parent), stream_(std::move(stream)), file_(target) {
  connect(stream_.get(), &ReadStream::opened, this, [this](const FileEntry& entry) {
    total_ = entry.size;
    // Nothing is made here for a file that cannot be read there.
    if (!file_.open(QIODevice::WriteOnly)) localProblem();
  });
  connect(stream_.get(), &ReadStream::chunkReceived, this, &Download::onChunk);
  connect(stream_.get(), &ReadStream::finished, this, &Download::onFinished);
  connect(stream_.get(), &ReadStream::failed, this, [this](const Error& error) {
    if (!ended_) emit failed(error);
  });
}

void Download::localProblem() {
  ended_ = true;
  emit failed(Error{ErrorCode::FileSystem,
                    "The file " + file_.fileName().toStdString() + " cannot be written: " + file_.errorString().toStdString() + ".",
                    {},
                    {}});
}

void Download::onChunk(const QByteArray& bytes) {
  if (ended_) return;
  if (file_.write(bytes) != bytes.size()) return localProblem();
  received_ += bytes.size();
  stream_->consumed(bytes.size());
  emit progressed(received_, total_);
}

void Download::onFinished() {
  if (ended_) return;
  if (!file_.commit()) return localProblem();
  emit done(received_);
}

}  // namespace terrarium
