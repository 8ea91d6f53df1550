// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QFile>
#include <memory>

#include "app/cli/filetransfer.h"
#include "backend/api/files.h"

namespace terrarium {

/// A local file into a sandbox, read no faster than it leaves.
class Upload : public FileTransfer {
  Q_OBJECT
 public:
  Upload(std::unique_ptr<WriteStream> stream, const QString& source, QObject* parent);

 private:
  void begin();
  void feed();
  void localProblem();
  std::unique_ptr<WriteStream> stream_;
  QFile file_;
  qint64 sent_ = 0;
  bool ended_ = false;
  bool finishing_ = false;
};

}  // namespace terrarium
