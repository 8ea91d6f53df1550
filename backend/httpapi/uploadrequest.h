// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QObject>
#include <memory>
#include <string>

#include "backend/api/files.h"
#include "backend/httpapi/exchange.h"

namespace terrarium {

/// Stores a request body as a file. A child of its exchange; reads on only as fast as the sandbox takes it.
class UploadRequest : public QObject {
  Q_OBJECT
 public:
  UploadRequest(Exchange& exchange, std::unique_ptr<WriteStream> stream, std::string path);

 private:
  void take(const QByteArray& bytes, bool last);
  Exchange& exchange_;
  std::unique_ptr<WriteStream> stream_;
  std::string path_;
  bool waitsForDrain_ = false;
};

}  // namespace terrarium
