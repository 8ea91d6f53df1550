// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QObject>

#include "backend/support/error.h"

namespace terrarium {

/// One file on its way. Starts when it is made; ends with exactly one of done() and failed().
class FileTransfer : public QObject {
  Q_OBJECT
 public:
  using QObject::QObject;

 signals:
  /// `total` is -1 when it is unknown.
  void progressed(qint64 bytes, qint64 total);
  void done(qint64 bytes);
  void failed(const terrarium::Error& error);
};

}  // namespace terrarium
