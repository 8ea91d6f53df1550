// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QSaveFile>
#include <memory>

#include "app/cli/filetransfer.h"
#include "backend/api/files.h"

namespace terrarium {

/// A file out of a sandbox into a local one, which appears only when it is complete.
class Download : public FileTransfer {
  Q_OBJECT
 public:
  Download(std::unique_ptr<ReadStream> stream, const QString& target, QObject* parent);

 private:
  void onChunk(const QByteArray& bytes);
  void onFinished();
  void localProblem();
  std::unique_ptr<ReadStream> stream_;
  QSaveFile file_;
  qint64 received_ = 0;
  qint64 total_ = -1;
  bool ended_ = false;
};

}  // namespace terrarium
