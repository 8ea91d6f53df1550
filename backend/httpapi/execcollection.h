// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QElapsedTimer>
#include <QObject>
#include <memory>

#include "backend/api/exec.h"
#include "backend/httpapi/exchange.h"
#include "backend/httpapi/utf8cutter.h"

namespace terrarium {

/// Collects what a command writes and answers when it has ended. A child of its exchange; the command ends with it. Output beyond
/// the cap is read and dropped, so that the command does not hang on a full pipe.
class ExecCollection : public QObject {
  Q_OBJECT
 public:
  /// For both channels together, as JSON encodes them. The official SDK refuses bodies over 10 MiB.
  static constexpr qint64 kMostOutput = 8 << 20;

  ExecCollection(Exchange& exchange, std::unique_ptr<ExecSession> session);

 private:
  struct Stream {
    QByteArray text;
    Utf8Cutter cutter;
  };
  void collect(OutputChannel channel, const QByteArray& bytes);
  void append(Stream& stream, const QByteArray& bytes);
  void answer(const ExecResult& result);

  Exchange& exchange_;
  std::unique_ptr<ExecSession> session_;
  QElapsedTimer sinceRequest_;
  qint64 spawnMs_ = 0;
  Stream stdout_;
  Stream stderr_;
  qint64 encoded_ = 0;
  bool truncated_ = false;
};

/// Bytes that this text takes inside a JSON string.
[[nodiscard]] qint64 jsonEncodedSize(const QByteArray& text);

}  // namespace terrarium
